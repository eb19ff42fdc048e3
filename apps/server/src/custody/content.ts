import type { Queryable } from '../evidence/index.ts'

/**
 * What an export holds is the schema of a tenant's database itself: every table and every column, unless it is named here.
 * content.test.ts fails for a table that is neither exported nor left out with a reason, and for bytes whose form is unknown.
 */
export const leftOut: Readonly<Record<string, string>> = {
  migration: 'How this database came to its schema; the importing installation has its own.',
  log_entry: 'Exported as ledger/entries.ndjson.',
  log_checkpoint: 'Exported as ledger/checkpoints.ndjson.',
  opening: 'Exported as ledger/openings.ndjson.',
  log_state: 'Its last head is the last checkpoint.',
  log_tile: 'Computed from the entries.',
  log_pending: 'An export is made when nothing waits.',
  outbox: 'Jobs of this installation.',
  membership: 'Exported as people.ndjson; members become open invitations.',
  invitation: 'Its link works in the installation that made it.',
  sign_in_provider:
    'Its secret belongs to the installation that is left, and so does its redirect address; it is set up anew.',
  directory_role: 'Belongs to the sign-in that is set up anew.',
  identity: 'Accounts of the installation that is left.',
  directory_token: 'Works in the installation that made it.',
  directory_person: 'Accounts of the installation that is left; the directory brings them anew.',
  directory_group: 'The directory brings it anew.',
  directory_group_person: 'The directory brings it anew.',
  access_grant: 'Who was let in by the installation that is left; the ledger tells it.',
  room: 'Open for guests of the installation that is left; the ledger tells of it.',
  disclosure: 'Links into the installation that is left; the ledger tells of them.',
  disclosure_use: 'Taken by links into the installation that is left; the ledger tells of it.',
  taken_in: 'Which forms a portal of the installation that is left took in.',
  report_link: 'Links into the installation that is left; whoever reported is given another one.',
  report_letter: 'Sent, or waiting to be sent, by the installation that is left, with links into it.',
  guest: 'Accounts of the installation that is left.',
  decision:
    'Taken about editions that are published or will be compared anew; its reason lies beside the ledger, among the openings.',
  guideline_acceptance:
    'Names accounts of the installation that is left, who accept anew; the ledger tells who accepted what and when.',
  guideline_reminder: 'Of whom the installation that is left reminded people.',
  room_message: 'Said in rooms that stay behind; its text lies beside the ledger, among the openings.',
  comment: 'Names accounts of the installation that is left; its text lies beside the ledger, among the openings.',
  person_reminder: 'Of what the installation that is left reminded people.',
  quiz_attempt: 'Tries of accounts of the installation that is left; what was passed is exported.',
  account_seen: 'Made again by the next looks.',
  roster_look: 'Made again by the next looks.',
  accounts_said: 'What the installation that is left said to its check.',
  leaver_proposal: 'Proposed by a directory of the installation that is left.',
  absence: 'Names accounts of the installation that is left.',
  incident_role: 'Names accounts of the installation that is left.',
  request_link: 'Its link works in the installation that made it.',
  request_package: 'Handed out by links of the installation that is left, until they end.',
  incident_link: 'Its link works in the installation that made it.',
  duty_feed: 'Its link works in the installation that made it.',
  notification_person: 'Accounts of the installation that is left choose anew.',
  notification_choice: 'Accounts of the installation that is left choose anew.',
  notification_item: 'Waits to be told to accounts of the installation that is left.',
  subscription_setting: 'Whether letters are offered is decided anew where they are sent from.',
  subscription_request: 'Its link works in the installation that sent it.',
  subscriber:
    'Agreed to letters with links of the installation that is left; their addresses are handed over by whoever answers for that.',
  subscription_notice: 'Waits to be told to subscribers of the installation that is left.',
  incident_bulletin_delivery: 'Names subscribers of the installation that is left; the ledger tells who was told when.',
  processor_delivery: 'Names subscribers of the installation that is left; the ledger tells who was told when.',
  processor_told: 'Of what the installation that is left told people.',
  subscriber_letter: 'Waits to be sent by the installation that is left.',
  subscription_lapse: 'What the installation that is left told.',
  webhook: 'Its secret is known to the installation that is left only; it is added anew.',
  webhook_delivery: 'What the installation that is left delivered.',
  retention_run: 'What the installation that is left deleted; the ledger tells it.',
}

/** In what form a column of bytes travels. */
export type Form =
  /** As it is, in hexadecimal. */
  | { readonly form: 'plain' }
  /** As a file of its own, named by its hash. */
  | { readonly form: 'file' }
  /**
   * Opened with the tenant's key and written as text, or in base64 where it is none; sealed again at the same place of the
   * importing tenant.
   */
  | { readonly form: 'sealed'; readonly place: string; readonly hash?: string; readonly coding?: 'base64' }
  /** Not at all: it is entered again. Empty bytes stand for it. Sealed, too, for the rotation of keys. */
  | { readonly form: 'secret'; readonly place: string; readonly label: string }

/** Every column of bytes by `table.column`. A place names columns of its row as {id}. */
export const bytesForms: Readonly<Record<string, Form>> = {
  'document.sha256': { form: 'plain' },
  'mapping.confirmation': { form: 'plain' },
  'backing.outcome': { form: 'plain' },
  'sign_off.commitment': { form: 'plain' },
  'person_sign_off.commitment': { form: 'plain' },
  'attestation.commitment': { form: 'plain' },
  'guarantee.commitment': { form: 'plain' },
  'processing_version.commitment': { form: 'plain' },
  'connection.settings': { form: 'secret', place: 'connection:{id}/settings', label: 'target' },
  'reading.facts': { form: 'sealed', place: 'reading:{id}/facts', hash: 'facts_hash' },
  'reading.facts_hash': { form: 'plain' },
  'reading.envelope': { form: 'sealed', place: 'reading:{id}/envelope' },
  'fact_content.facts': { form: 'sealed', place: 'fact_content:{hash}/facts' },
  'outcome.commitment': { form: 'plain' },
  'shield_store.settings': { form: 'secret', place: 'shield_store:{id}/settings', label: 'name' },
  'shield_key.key': { form: 'sealed', place: 'shield_key:{id}/key' },
  'pseudonym_key.key': { form: 'sealed', place: 'pseudonym_key:{id}/key' },
  'pseudonym.name': { form: 'sealed', place: 'pseudonym:{id}/name' },
  'edition.content': { form: 'sealed', place: 'edition:{id}/content' },
  'edition.commitment': { form: 'plain' },
  'edition_file.bytes': { form: 'file' },
  'guideline_version.commitment': { form: 'plain' },
  'risk_assessment.commitment': { form: 'plain' },
  'audit.commitment': { form: 'plain' },
  'notice_version.commitment': { form: 'plain' },
  'deletion_run.commitment': { form: 'plain' },
  'sign_in_provider.client_secret': { form: 'secret', place: 'provider:{id}/client_secret', label: 'issuer' },
  'directory_token.token_hash': { form: 'plain' },
  'disclosed_document.sha256': { form: 'plain' },
  'disclosed_document.content': {
    form: 'sealed',
    place: 'disclosed_document:{id}/content',
    hash: 'sha256',
    coding: 'base64',
  },
  'evidence_content.content': {
    form: 'sealed',
    place: 'evidence_content:{sha256}/content',
    hash: 'sha256',
    coding: 'base64',
  },
  'evidence_file.commitment': { form: 'plain' },
  'request_letter.sha256': { form: 'plain' },
  'request_setting.commitment': { form: 'plain' },
  'incident_bulletin_version.commitment': { form: 'plain' },
  'incident_notice.sha256': { form: 'plain' },
  'incident_link.token_hash': { form: 'plain' },
  'disclosure_terms.sha256': { form: 'plain' },
  'disclosure.token_hash': { form: 'plain' },
  'disclosure.accepted_salt': { form: 'plain' },
  'report_setting.commitment': { form: 'plain' },
  'report_link.token_hash': { form: 'plain' },
  'report_letter.token_hash': { form: 'plain' },
  'advisory_version.commitment': { form: 'plain' },
  'webhook.address': { form: 'secret', place: 'webhook:{id}/address', label: 'id' },
  'webhook.secret': { form: 'secret', place: 'webhook:{id}/secret', label: 'id' },
  'webhook.previous_secret': { form: 'secret', place: 'webhook:{id}/secret', label: 'id' },
  'earlier_log.root': { form: 'plain' },
  'earlier_entry.leaf': { form: 'plain' },
  'earlier_opening.commitment': { form: 'plain' },
  'earlier_opening.salt': { form: 'plain' },
  'earlier_opening.content': { form: 'plain' },
}

/** How many rows are held at once: of files, which may have 25 MiB, one. */
export function rowsAtOnce(forms: readonly (Form | null)[]): number {
  return forms.some((form) => form?.form === 'sealed' && form.coding === 'base64') ? 1 : 200
}

/** Columns whose commitments editions to come will cite: they get a place in the log that goes on. */
export const citedColumns = [
  'mapping.confirmation',
  'backing.outcome',
  'attestation.commitment',
  'guarantee.commitment',
] as const

/** The commitments that live records rest on. */
export async function citedCommitments(sql: Queryable): Promise<Buffer[]> {
  const cited: Buffer[] = []
  for (const column of citedColumns) {
    const [table, name] = column.split('.')
    const { rows } = await sql.query<{ c: Buffer }>(
      `select distinct ${name} as c from ${table} where ${name} is not null`,
    )
    for (const { c } of rows) cited.push(c)
  }
  return cited
}

/** A table as the database says it is. */
export interface Table {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly form: Form | null }[]
  /** The columns that name a row. */
  readonly key: readonly string[]
}

/**
 * The tables that are exported, each after those that it refers to.
 *
 * @param without other tables than these are left out; a new key must reach them all
 */
export async function readTables(
  sql: Queryable,
  without: Readonly<Record<string, string>> = leftOut,
): Promise<Table[]> {
  const { rows } = await sql.query<{ name: string; column: string; type: string; key: number | null }>(
    `select c.relname as name, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
       array_position(i.indkey::int[], a.attnum::int) as key
     from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     left join pg_index i on i.indrelid = c.oid and i.indisprimary
     where c.relkind = 'r' order by c.relname, a.attnum`,
  )
  const tables = [...Map.groupBy(rows, ({ name }) => name)]
    .filter(([name]) => !Object.hasOwn(without, name))
    .map(([name, own]): Table => ({
      name,
      columns: own.map(({ column, type }) => ({
        name: column,
        type,
        form: type === 'bytea' ? (bytesForms[`${name}.${column}`] ?? null) : null,
      })),
      key: own
        .filter(({ key }) => key !== null)
        .toSorted((a, b) => (a.key ?? 0) - (b.key ?? 0))
        .map(({ column }) => column),
    }))
  const { rows: references } = await sql.query<{ from: string; to: string }>(
    `select f.relname as "from", t.relname as "to" from pg_constraint k
     join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and f.oid <> t.oid and f.relnamespace = current_schema()::regnamespace order by 1, 2`,
  )
  return inOrder(tables, references)
}

function inOrder(tables: readonly Table[], references: readonly { from: string; to: string }[]): Table[] {
  const ordered: Table[] = []
  const visit = (table: Table, above: readonly string[]) => {
    if (ordered.includes(table) || above.includes(table.name)) return
    for (const { from, to } of references) {
      const referred = from === table.name ? tables.find(({ name }) => name === to) : undefined
      if (referred) visit(referred, [...above, table.name])
    }
    ordered.push(table)
  }
  for (const table of tables) visit(table, [])
  return ordered
}

/** The place at which a value of a row is sealed, as its module names it. */
export function placeOf(tenantId: string, place: string, row: Readonly<Record<string, unknown>>): string {
  return `tenant:${tenantId}/${place.replace(/\{(\w+)\}/g, (_, column: string) => String(row[column]))}`
}

/** What an export holds, for docs/reference. */
export function contentPage(tables: readonly Table[]): string {
  const say = (form: Form | null) => {
    if (form === null) return ''
    if (form.form === 'plain') return ': `\\x` and hexadecimal'
    if (form.form === 'file') return ': `{"bytes", "sha256"}` of a file below `files/`'
    if (form.form === 'sealed')
      return `: ${form.coding === 'base64' ? 'in base64' : 'as text'}; under the key of the tenant while it is stored`
    return ': null; to be entered again'
  }
  return [
    '# The tables of a tenant export\n',
    'Made from the schema of a tenant by `content.test.ts`. How to read it: [tenant-export.md](tenant-export.md).\n',
    ...tables
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ name, columns, key }) => [
        `## ${name}\n`,
        `A row is named by ${key.map((column) => `\`${column}\``).join(', ')}.\n`,
        `${columns.map((column) => `- \`${column.name}\` ${column.type}${say(column.form)}`).join('\n')}\n`,
      ]),
    '## Left out\n',
    `${Object.entries(leftOut)
      .map(([name, why]) => `- \`${name}\`: ${why}`)
      .join('\n')}\n`,
  ].join('\n')
}
