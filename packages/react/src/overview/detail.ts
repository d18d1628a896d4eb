/** How much of nodes is drawn: everything, what one still makes out, or all of them as one picture. */
export type Detail = 'near' | 'far' | 'overview';

/** Below this zoom nobody can read a row: nodes are drawn without fields and ports. */
export const FAR_ZOOM = 0.4;
/** Below this zoom nobody can read a title either. */
const OVERVIEW_ZOOM = 0.2;
/** More nodes than this are too many to stand on the page as elements of their own: they become a picture sooner. */
const MANY_NODES = 200;
/** One comes back a little later than one left: a hand that trembles at the border must not draw everything anew. */
const RETURN = 1.08;

/** The detail at a zoom, given the one before. */
export function detailAt(zoom: number, nodes: number, before: Detail): Detail {
  const overview = nodes > MANY_NODES ? FAR_ZOOM : OVERVIEW_ZOOM;
  if (zoom < (before === 'overview' ? overview * RETURN : overview)) return 'overview';
  return zoom < FAR_ZOOM ? 'far' : 'near';
}
