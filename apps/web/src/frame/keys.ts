/** What a key does in the list of statements. */
export type LineAction = 'next' | 'previous' | 'confirm' | 'change' | 'split' | 'merge' | 'ignore' | 'leave'

const actions: Readonly<Record<string, LineAction>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  c: 'confirm',
  Enter: 'confirm',
  e: 'change',
  s: 'split',
  m: 'merge',
  i: 'ignore',
  Escape: 'leave',
}

/** A key press as far as it matters here. */
export type KeyPress = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/**
 * The action of a key on a focused line.
 *
 * @param letters  whether single letters count: people who dictate switch them off (WCAG 2.2, 2.1.4)
 */
export function lineAction(press: KeyPress, letters: boolean): LineAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (!letters && press.key.length === 1) return null
  return actions[press.key] ?? null
}

/** Whether a key opens the help. It must not steal a question mark from a text field. */
export function asksForHelp(press: KeyPress, inTextField: boolean, letters: boolean): boolean {
  return letters && press.key === '?' && !inTextField && !press.ctrlKey && !press.metaKey && !press.altKey
}
