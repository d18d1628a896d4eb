/** Puts a text on the clipboard. False when the browser or the person forbids it. */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, near);
  }
}

/** Where there is no clipboard (a page without https): what is selected can still be copied. */
function copyBySelection(text: string, near: HTMLElement): boolean {
  const page = near.ownerDocument;
  const focused = page.activeElement;
  const area = page.createElement('textarea');
  area.value = text;
  area.className = 'loom-hidden';
  near.append(area);
  area.select();
  try {
    return page.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
