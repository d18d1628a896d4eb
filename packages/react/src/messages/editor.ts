/** Texts of the editor: toolbar, canvas, commands, dialogs. English; an app overrides any of them. */
export const editorMessages = {} as const;
