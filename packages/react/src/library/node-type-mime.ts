/** The type of the data that a dragged node type carries: its id as text. */
export const NODE_TYPE_MIME = 'application/x-loom-node-type';
