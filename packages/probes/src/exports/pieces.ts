/** A list as JSON, item by item: a look over a hundred systems is never one text in memory. */
export function* listOf<T>(items: Iterable<T>, jsonOf: (item: T) => unknown): Generator<string> {
  yield '['
  let isFirst = true
  for (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(jsonOf(item))}`
    isFirst = false
  }
  yield isFirst ? ']' : '\n]'
}

/** The members of an object that have something to say. */
export function known<T extends Readonly<Record<string, unknown>>>(members: T): Partial<T> {
  const told = Object.entries(members).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(told) as Partial<T>
}
