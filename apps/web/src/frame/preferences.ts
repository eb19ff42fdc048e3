/*
 * What a person chose for this browser. Kept on this device only and never sent; a browser that keeps nothing works too.
 */

/** Reads a choice; null when there is none, or the browser keeps nothing. */
export function readChoice(name: string): string | null {
  try {
    return localStorage.getItem(`art32.${name}`)
  } catch {
    return null
  }
}

/** Keeps a choice, where the browser allows it. */
export function keepChoice(name: string, value: string): void {
  try {
    localStorage.setItem(`art32.${name}`, value)
  } catch {
    // Private windows of some browsers refuse; the choice then lasts as long as the page.
  }
}
