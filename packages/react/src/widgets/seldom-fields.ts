/* Fields that a node seldom has: they load with the first of them, as one. */
export { CompactField } from './CompactField.js';
export { FileField } from './FileField.js';
export { FilesField } from './FilesField.js';
export { FreeField } from './FreeField.js';
export { JsonField } from './JsonField.js';
export { PickedField } from './PickedField.js';
export { SelectField } from './SelectField.js';
export { SliderField } from './SliderField.js';
