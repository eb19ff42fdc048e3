/** Where a command writes to and reads from; tests bring their own. */
export interface Terminal {
  /** The result. */
  readonly out: (text: string) => void
  /** Progress, warnings and refusals. */
  readonly err: (text: string) => void
  /** Whether a person watches stderr, so that a line may be written over. */
  readonly isLive: boolean
  /** Width of a line in characters. */
  readonly columns: number
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly input: NodeJS.ReadStream
}

const widest = 110

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isLive: process.stderr.isTTY,
    columns: Math.min(process.stdout.columns ?? 100, widest),
    environment: process.env,
    input: process.stdin,
  }
}

/**
 * Text of others on one line, safe to print: escape sequences and directional overrides would let a document, a server or
 * a bundle repaint the terminal.
 */
export function clean(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
}

/** Breaks text into lines of at most `width` characters; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of clean(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Text after a label, its further lines below its first. */
export function hang(label: string, text: string, columns: number): string {
  const indent = ' '.repeat(label.length)
  const width = Math.max(24, columns - label.length)
  return wrap(text, width)
    .map((line, index) => `${index === 0 ? label : indent}${line}\n`)
    .join('')
}
