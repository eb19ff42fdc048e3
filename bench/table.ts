/** One figure. */
export interface Row {
  readonly what: string
  /** Null where it could not be measured; `note` says why. */
  readonly value: number | null
  readonly unit: string
  /** The same without art32, on the same machine in the same run. */
  readonly bare?: { readonly what: string; readonly value: number }
  /** What was promised, as text. */
  readonly bar?: string
  readonly note?: string
}

/** Three digits are all that such a measurement is worth. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}

/** The rows as text, one line each. */
export function format(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length))
  return rows
    .map(({ what, value, unit, bare, bar, note }) =>
      [
        what.padEnd(width),
        value === null ? '' : `${rounded(value)} ${unit}`.padEnd(16),
        bare && value !== null ? besides(value, bare, unit) : '',
        bar === undefined ? '' : `promised: ${bar}`,
        note ?? '',
      ]
        .filter((cell) => cell !== '')
        .join('  '),
    )
    .join('\n')
}

/** A ratio, but to nothing there is none. */
export function besides(value: number, bare: NonNullable<Row['bare']>, unit: string): string {
  const ratio = bare.value === 0 ? '' : `${grouped(rounded(value / bare.value))} × `
  return `${ratio}${bare.what} (${`${grouped(bare.value)} ${unit}`.trim()})`
}

/** Three digits, and the thousands apart. */
export const grouped = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 })

/** How often per second something is done, measured for about `seconds`. @param times how often one call does it */
export async function rate(work: () => unknown, times = 1, seconds = 1): Promise<number> {
  await work()
  const start = performance.now()
  let done = 0
  while (performance.now() - start < seconds * 1_000) {
    await work()
    done += times
  }
  return (done * 1_000) / (performance.now() - start)
}

/** How long something takes, in milliseconds: the median of `runs`. */
export async function time(work: () => unknown, runs = 5): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}
