/* Edits that are seldom asked for, or cost much code: they load as one, once the page is idle. */
export { arrangeSelection } from '../arrange/arrange-selection.js';
export { tidyUp } from '../arrange/tidy-up.js';
export { formatSelected } from '../code/format-selected.js';
export { makeOfSelection, unpackInstance } from '../subgraph/subgraph-edits.js';
export { detachSelection } from '../wires/detach.js';
export { offerConverters } from '../wires/insert-converter.js';
export { moveWires } from '../wires/move-wires.js';
export { encloseSelection } from '../zones/enclose-selection.js';
export { leadToFault, locateFault } from './locate-fault.js';
export { togglePin } from './pin.js';
