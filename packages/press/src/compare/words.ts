/** A run of text in two versions: in both, only in the earlier one, or only in the later one. */
export interface Run {
  readonly in: 'both' | 'before' | 'after'
  readonly text: string
}

/** Beyond this the middle of two texts is shown as one replacement: a table of two such lengths has 4 million cells. */
const mostTokens = 2000

/**
 * Two texts, word by word: the longest common sequence of words stays, the rest is gone or new.
 *
 * White space counts as one space; the runs of `before` joined give the earlier text, those of `after` the later one.
 */
export function compareWords(before: string, after: string): Run[] {
  const old = tokensOf(before)
  const now = tokensOf(after)
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1
  const middle = compareMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end))
  return joined([
    ...old.slice(0, start).map((text): Run => ({ in: 'both', text })),
    ...middle,
    ...old.slice(old.length - end).map((text): Run => ({ in: 'both', text })),
  ])
}

/** How alike two texts are by their words, from 0 to 1 (Dice): the order does not count. */
export function likeness(before: ReadonlySet<string>, after: ReadonlySet<string>): number {
  if (before.size + after.size === 0) return 1
  let shared = 0
  for (const word of before) if (after.has(word)) shared += 1
  return (2 * shared) / (before.size + after.size)
}

/** The different words of a text, in small letters. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}.-]*/gu))
}

/** Words, marks and spaces, each by itself. */
const tokensOf = (text: string): string[] =>
  text
    .trim()
    .replaceAll(/\s+/gu, ' ')
    .match(/[\p{L}\p{N}]+(?:[.,:-][\p{L}\p{N}]+)*| |[^\s]/gu) ?? []

function compareMiddle(before: readonly string[], after: readonly string[]): Run[] {
  if (Math.max(before.length, after.length) > mostTokens) {
    return [
      { in: 'before', text: before.join('') },
      { in: 'after', text: after.join('') },
    ]
  }
  const width = after.length + 1
  // longest[i * width + j]: of what follows word i of the one and word j of the other.
  const longest = new Uint16Array((before.length + 1) * width)
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const runs: Run[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const old = before[i]
    const now = after[j]
    if (old !== undefined && old === now) {
      runs.push({ in: 'both', text: old })
      i += 1
      j += 1
    } else if (now === undefined || (old !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      runs.push({ in: 'before', text: old ?? '' })
      i += 1
    } else {
      runs.push({ in: 'after', text: now })
      j += 1
    }
  }
  return runs
}

/** Neighbours of one kind as one run; of one change, what went stands before what came. */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = []
  const gathered = { both: '', before: '', after: '' }
  const flush = (kinds: readonly Run['in'][]): void => {
    for (const kind of kinds) {
      if (gathered[kind] !== '') result.push({ in: kind, text: gathered[kind] })
      gathered[kind] = ''
    }
  }
  for (const run of bridged(runs)) {
    flush(run.in === 'both' ? ['before', 'after'] : ['both'])
    gathered[run.in] += run.text
  }
  flush(['both', 'before', 'after'])
  return result
}

/** A lone space between two changes belongs to them, so that a phrase stays together. */
function bridged(runs: readonly Run[]): Run[] {
  return runs.flatMap((run, index): Run[] => {
    const [left, right] = [runs[index - 1], runs[index + 1]]
    const isLone = run.in === 'both' && run.text === ' ' && left && left.in !== 'both' && right && right.in !== 'both'
    if (!isLone) return [run]
    return [
      { in: 'before', text: ' ' },
      { in: 'after', text: ' ' },
    ]
  })
}
