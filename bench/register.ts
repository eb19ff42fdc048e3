import type { Server } from '../apps/server/src/main.ts'

/** A register of so many measures in place, each with what it means. @returns their ids in the order of the document */
export async function addRegister(server: Server, slug: string, measures: number): Promise<string[]> {
  return await server.tenants.asSystem(slug, async ({ sql, append, newId }) => {
    const id = newId()
    await sql.query(
      `insert into document (id, name, title, format, language, sha256, words, state, origin, coverage, faults, read_at)
       values ($1, 'tom.md', 'Measures', 'md', 'en', sha256('x'), $2::int * 10, 'register', 'upload', '{"provisions":[],"goals":[]}', '[]', now())`,
      [id, measures],
    )
    await sql.query(
      `with made as (
         insert into statement (id, document_id, position, line, section, text, type, status, nature, sure)
         select gen_random_uuid(), $1, n, n, 'Confidentiality', 'Measure ' || n || ': all network communication uses TLS 1.2 or newer.',
           'measure', 'in-place', 'technical', true from generate_series(1, $2::int) n returning id),
       promised as (insert into measure (id, statement_id) select gen_random_uuid(), id from made returning id)
       insert into mapping (measure_id, catalogue_id, confidence) select id, 'transport-encryption', 1 from promised`,
      [id, measures],
    )
    await append({ type: 'document.read', about: { kind: 'document', id } })
    const { rows } = await sql.query<{ id: string }>(
      'select m.id from measure m join statement s on s.id = m.statement_id order by s.position',
    )
    return rows.map((row) => row.id)
  })
}
