import type { TenantContext } from '../apps/server/src/evidence/index.ts'

/** People, with what they signed, learned and hold: four of five are in order. */
const itemsEach = 8
const trainingsEach = 10
export const files = 20_000

/** Pages on people and on evidence files. */
export const pagesOfPeople: readonly (readonly [what: string, path: string])[] = [
  ['people', '/record/list'],
  ['people, of whom something is missing', '/record/list?gap=training'],
  ['people with a word', '/record/list?find=Person%20499'],
  ['devices, keys and cards', '/item/list'],
  ['courses', '/course/list'],
  ['files', '/file/search'],
  ['files, in the middle', '/file/search?page=200'],
  ['files with a word', '/file/search?text=19999'],
]

/** Puts people into a tenant, and on its occurrences the evidence files of a few years. */
export async function furnishPeople({ sql }: TenantContext, people: number): Promise<void> {
  await sql.query(
    `insert into person (id, name, email, position, kind, area, joined_on, created_at)
     select gen_random_uuid(), 'Person ' || n, 'person-' || n || '@example.com', 'Engineer', 'employee',
       case when n % 3 = 0 then 'Development' else 'Operations' end, '2021-01-01', now()
     from generate_series(0, $1 - 1) as n`,
    [people],
  )
  await sql.query(
    `insert into confidentiality (id, person_id, signed_on, role, at)
     select gen_random_uuid(), id, '2021-01-01', 'owner', now() from person`,
  )
  await sql.query(
    `insert into course (id, title, valid_months, areas, required, created_at)
     select gen_random_uuid(), 'Course ' || n, 12, '{}', true, now() from generate_series(1, 5) as n`,
  )
  await sql.query(
    `insert into training (id, person_id, course_id, source, completed_on, expires_on, provider, role, at)
     select gen_random_uuid(), p.id, c.id, 'certificate', current_date - 360 * k - 30, current_date - 360 * k + 330, 'Academy',
       'owner', now()
     from (select id, row_number() over (order by id) as place from person) as p, course as c,
       generate_series(0, $1 / 5 - 1) as k
     where p.place % 5 > 0 or k > 0`,
    [trainingsEach],
  )
  await sql.query(
    `insert into item (id, kind, label, number, created_at)
     select gen_random_uuid(), 'device', 'Laptop', 'N-' || n, now() from generate_series(1, $1::int) as n`,
    [people * itemsEach],
  )
  await sql.query(
    `insert into handover (id, item_id, person_id, issued_on)
     select gen_random_uuid(), i.id, p.id, '2021-01-01'
     from (select id, row_number() over (order by number) as place from item) as i
     join (select id, row_number() over (order by name) as place from person) as p on p.place = 1 + i.place % $1`,
    [people],
  )
  await sql.query(
    `with made as (
       insert into evidence_content (sha256, content, stored_at)
       select encode(sha256(n::text::bytea), 'hex'), repeat('x', 200)::bytea, now() from generate_series(1, $1) as n
       returning sha256)
     insert into evidence_file (id, sha256, name, type, size, added_at, scan, commitment)
     select gen_random_uuid(), sha256, 'record-' || row_number() over () || '.pdf', 'application/pdf', 200,
       now() - row_number() over () * interval '1 hour', 'not-scanned', sha256(sha256::bytea)
     from made`,
    [files],
  )
  await sql.query(
    `insert into evidence_use (file_id, about_kind, about_id, attached_at)
     select f.id, 'sign-off', o.id, now()
     from (select id, row_number() over (order by id) as place from evidence_file) as f
     join (select id, row_number() over (order by id) as place from occurrence where done_on is not null) as o using (place)`,
  )
}
