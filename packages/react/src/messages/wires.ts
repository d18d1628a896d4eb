/** Texts about ports, wires and what goes in between, and about names. English; an app overrides any. */
export const wireMessages = {
  connectNode: 'Connect',
  connectLabel: 'Connect to',
  connectPlaceholder: 'Name of a node or a port',
  portPickLabel: (node: string) => `Connect a port of ${node}`,
  portPickHint: 'Name of a port',
  portSide: (side: 'source' | 'target', port: string) => (side === 'source' ? `Output ${port}` : `Input ${port}`),
  announceConnected: (node: string, port: string) => `Connected to ${node}, ${port}`,
  announceDisconnected: (count: number) => (count === 1 ? 'Disconnected a wire' : `Disconnected ${count} wires`),
  pasteWired: 'Paste and keep incoming wires',
  // Ports
  portConnect: 'Connect to',
  portAdd: 'Add a node that fits',
  portDisconnect: 'Disconnect',
  portPromote: 'Show on the outside, or take back',
  portRename: 'Rename the port',
  portCopyValue: 'Copy the value',
  portClear: 'Clear the value',
  copyValueDone: 'The value is in the clipboard.',
  copyValueLarge: 'This value is too large for the clipboard, or is no data that text can say.',
  clipboardRefused: 'The browser does not let this page write to the clipboard.',
  // Converters
  converterLabel: 'Put a node in between',
  converterPlaceholder: 'Name of a node',
  converterUnfit: (title: string) => `“${title}” cannot go in between here.`,
  changeConverter: (title: string) => `Convert with ${title}`,
  // Wires
  wireInsert: 'Insert a node',
  orderLabel: (port: string) => `Order of the wires into ${port}`,
  orderUp: (title: string) => `Move ${title} up`,
  orderDown: (title: string) => `Move ${title} down`,
  changeOrder: 'Change the order of wires',
  announceOrder: (place: number, count: number) => `Place ${place} of ${count}`,
  // Names
  rename: 'Rename',
  renameLabel: (title: string) => `New name of ${title}`,
  // Zones
  moveInto: 'Move into a zone, or out of one',
  moveIntoHint: 'Name of a zone or a group',
  moveOut: 'Out of all zones',
  announceMovedInto: (zone: string) => `Moved into ${zone}`,
  announceMovedOut: 'Moved out of all zones',
} as const;
