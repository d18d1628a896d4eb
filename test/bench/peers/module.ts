/**
 * Loads a package of this folder's own node_modules. No import names it, because the normal install does not bring it:
 * who loads it says in a type of its own what it uses of it.
 */
export async function loadPeer<Module>(name: string): Promise<Module> {
  return (await import(name)) as Module;
}
