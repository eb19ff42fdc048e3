/*
 * Reads the columns out of plain SQL migrations: `create table`, and what `alter table` adds, drops and renames. It
 * understands the SQL of this repository and no more; a test holds it against the schema that PostgreSQL really makes.
 */

/** A column as a migration made it. */
export interface Column {
  readonly table: string
  readonly name: string
  /** In lower case, as written. */
  readonly type: string
  readonly file: string
  readonly line: number
}

const table = String.raw`(?:"(\w+)"|(\w+))`
const making = new RegExp(String.raw`\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?${table}\s*\(`, 'gi')
const altering = new RegExp(String.raw`\balter\s+table\s+(?:only\s+)?(?:if\s+exists\s+)?${table}\s+([^;]*)`, 'gi')
const dropping = new RegExp(String.raw`\bdrop\s+table\s+(?:if\s+exists\s+)?${table}`, 'gi')
const constraint = /^(primary\s+key|unique|check|foreign\s+key|constraint|exclude|like)\b/i

/** The columns that these files, applied in this order, leave behind. */
export function columnsOf(files: readonly { readonly file: string; readonly text: string }[]): Column[] {
  const columns = new Map<string, Column>()
  for (const { file, text } of files) {
    const sql = withoutBodies(text)
    const lineAt = (offset: number) => sql.slice(0, offset).split('\n').length
    const add = (name: string, definition: string, offset: number) => {
      const match = /^(?:"(\w+)"|(\w+))\s+([\w ]+(?:\[\])?)/.exec(definition)
      const column = match?.[1] ?? match?.[2]
      if (!match || !column) return
      columns.set(`${name}.${column}`, {
        table: name,
        name: column,
        type: (match[3] ?? '').trim().toLowerCase(),
        file,
        line: lineAt(offset),
      })
    }
    const changes = [
      ...[...sql.matchAll(making)].map((match) => ({ match, kind: 'make' as const })),
      ...[...sql.matchAll(altering)].map((match) => ({ match, kind: 'alter' as const })),
      ...[...sql.matchAll(dropping)].map((match) => ({ match, kind: 'drop' as const })),
    ].toSorted((a, b) => a.match.index - b.match.index)
    for (const { match, kind } of changes) {
      const name = match[1] ?? match[2] ?? ''
      if (kind === 'drop') for (const key of columns.keys()) if (key.startsWith(`${name}.`)) columns.delete(key)
      if (kind === 'make')
        for (const { text: part, offset } of partsOf(sql, match.index + match[0].length))
          if (!constraint.test(part)) add(name, part, offset)
      if (kind === 'alter') {
        const begin = match.index + match[0].length - (match[3] ?? '').length
        for (const { text: part, offset } of partsOf(sql, begin)) {
          const added = /^add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?/i.exec(part)
          if (added && !constraint.test(part.slice(added[0].length))) add(name, part.slice(added[0].length), offset)
          const dropped = /^drop\s+column\s+(?:if\s+exists\s+)?(?:"(\w+)"|(\w+))/i.exec(part)
          if (dropped) columns.delete(`${name}.${dropped[1] ?? dropped[2]}`)
          const renamed = /^rename\s+(?:column\s+)?(?:"(\w+)"|(\w+))\s+to\s+(?:"(\w+)"|(\w+))/i.exec(part)
          const before = columns.get(`${name}.${renamed?.[1] ?? renamed?.[2]}`)
          if (before && renamed) {
            columns.delete(`${name}.${before.name}`)
            const after = renamed[3] ?? renamed[4] ?? ''
            columns.set(`${name}.${after}`, { ...before, name: after, file, line: lineAt(offset) })
          }
        }
      }
    }
  }
  return [...columns.values()]
}

/** The parts between commas on one level, up to the closing bracket or the end of the statement. */
function partsOf(sql: string, begin: number): { text: string; offset: number }[] {
  const parts: { text: string; offset: number }[] = []
  let depth = 0
  let from = begin
  const keep = (to: number) => {
    const whole = sql.slice(from, to)
    parts.push({ text: whole.trim(), offset: from + whole.length - whole.trimStart().length })
    from = to + 1
  }
  for (let at = begin; at < sql.length; at++) {
    const sign = sql[at]
    if (sign === '(') depth++
    if (sign === ')' && depth-- === 0) return (keep(at), parts)
    if (sign === ';' && depth === 0) return (keep(at), parts)
    if (sign === ',' && depth === 0) keep(at)
  }
  keep(sql.length)
  return parts
}

/** Comments, texts and bodies of functions blanked out; every line stays where it was. */
function withoutBodies(sql: string): string {
  return sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'/g, (hidden) =>
    hidden.replaceAll(/[^\n]/g, ' '),
  )
}
