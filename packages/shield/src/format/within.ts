/** How what is in a value is called: `orders.data.customer.mail`, `orders.tags[]`. */
export function nameWithin(outer: string, inner: string): string {
  if (inner.startsWith('[') || inner.startsWith('#')) return `${outer}${inner}`
  return inner === '.' ? `${outer}.` : `${outer}.${inner}`
}

/** The paths that a plan names in the documents of a column, as their format calls them. */
export function plannedWithin(outer: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (!name.startsWith(outer)) return []
    const rest = name.slice(outer.length)
    if (rest.startsWith('[')) return [rest]
    return rest.startsWith('.') ? [rest === '.' ? '.' : rest.slice(1)] : []
  })
}
