/* The code of what opens over the canvas. It loads as one, once the page is idle. */
export { OpenDialog } from '../editor/OpenDialog.js';
export { QuickAddPopup } from '../editor/QuickAddPopup.js';
export { RenameField } from '../editor/RenameField.js';
export { OpenMenu } from '../menu/Menu.js';
export { HelpSheet } from '../palette/HelpSheet.js';
export { Palette } from '../palette/Palette.js';
export { WireValue } from '../run/WireValue.js';
export { Breadcrumbs } from '../subgraph/Breadcrumbs.js';
