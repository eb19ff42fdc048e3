import { readFileSync } from 'node:fs'
import { parsers } from './parsers.ts'
import type { Parser } from './parsers.ts'
import { linkTo, tableOf } from './table.ts'

const root = new URL('../../', import.meta.url)

/**
 * How many inputs the named tests of a file make in one run, as it stands in them: fast-check makes a hundred where nobody says
 * another number. Of a table of tests each row makes so many.
 */
export function inputsIn(source: string, names: readonly string[]): { readonly sum: number; readonly isEach: boolean } {
  const starts = [...source.matchAll(/(?:^|\n) *(?:it|test)(?:\.each|\.for)?[(<]/g)].map(({ index }) => index)
  const bodies = starts.map((start, place) => source.slice(start, starts[place + 1]))
  const wanted = bodies.filter((body) =>
    names.some((name) => [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => body.includes(quoted))),
  )
  const counts = wanted.flatMap((body) =>
    body
      .split('fc.assert(')
      .slice(1)
      .map((part) => Number((/(?:numRuns: |seeded\()([\d_]+)/.exec(part)?.[1] ?? '100').replaceAll('_', ''))),
  )
  return {
    sum: counts.reduce((all, one) => all + one, 0),
    isEach: wanted.some((body) => body.includes('fc.assert(') && /^\s*(?:it|test)\.(?:each|for)/.test(body)),
  }
}

/** The page `docs/reference/fuzzed.md`. */
export function fuzzedPage(): string {
  const rows = parsers.flatMap(({ rows: all }) => all)
  const listed = rows.filter(({ listed }) => listed !== undefined).length
  return `${[
    '# Parsers of foreign bytes',
    '',
    '<!-- Made from e2e/faults/parsers.ts by `npm run docs`. -->',
    '',
    'Whatever somebody else sends is read by one of these. Each gets wrong and nearly right bytes with every `npm test`: it ends with a result or with an error',
    'of its own kind, in bounded time and memory. Inputs are counted for one run; most are the same in each run, by a fixed seed.',
    '',
    `${rows.length} parsers; ${rows.length - listed} by generated inputs, ${listed} by a list of hostile ones, since the bytes are read by the runtime or by a library behind a real connection.`,
    ...parsers.flatMap(({ title, rows: some }) => [
      '',
      `## ${title}`,
      '',
      ...tableOf([['reads', 'from', 'where', 'tests', 'inputs'], ...some.map(rowOf)]),
    ]),
  ].join('\n')}\n`
}

function rowOf({ reads, from, code, tests, listed }: Parser): string[] {
  const files = Object.entries(tests)
  const inputs = files.map(([file, names]) => inputsIn(readFileSync(new URL(file, root), 'utf8'), names))
  const sum = inputs.reduce((all, one) => all + one.sum, 0)
  const isEach = inputs.some((one) => one.isEach)
  const count = `${isEach ? 'at least ' : ''}${sum.toLocaleString('en')}`
  return [
    reads,
    from,
    code.map((file) => `[${file.split('/').slice(-2).join('/').replace('.ts', '')}](../../${file})`).join('<br>'),
    files.map(([file, names]) => linkTo(file, names.length)).join('<br>'),
    listed === undefined ? count : `listed: ${listed}`,
  ]
}
