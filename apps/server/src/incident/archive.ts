import { zipSync } from 'fflate'
import { csvOf, proofsAbout } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listFiles, openContent } from '../file/index.ts'
import type { Download } from '../kernel/index.ts'
import { look } from './look.ts'
import { notificationData } from './papers.ts'
import { notifying } from './notify.ts'
import * as store from './store.ts'
import type { IncidentRow } from './store.ts'
import { countDeliveries, findBulletin, listVersions } from './store-bulletin.ts'
import * as cases from './store-case.ts'
import { listNotices } from './store-notice.ts'
import { viewCase } from './views.ts'

/** No moment of its own: the same case at the same head gives the same bytes. */
const epoch = new Date('1980-01-01T00:00:00.000Z')

/** What lies in an archive, in both languages. */
const readMe = `What this is

  case.json           every record of the case
  timeline.csv        what happened, in its order
  notification.json   the notification to the authority as data
  notices/            who was told what, as it was said
  users.json          what users were told, in every version
  files/              the evidence files, named by their SHA-256 where two have one name
  ledger/             each entry of the ledger on this case, with its proof (C2SP tlog-proof) and what it commits to

The proofs can be checked without the installation from which this came.

Was das ist

  case.json           alle Aufzeichnungen zum Vorgang
  timeline.csv        was geschah, in seiner Reihenfolge
  notification.json   die Meldung an die Behörde als Daten
  notices/            wer wie worüber unterrichtet wurde
  users.json          was Nutzer erfahren haben, in jeder Version
  files/              die Belegdateien, nach ihrem SHA-256 benannt, wenn zwei gleich heißen
  ledger/             jeder Eintrag des Journals zu diesem Vorgang mit seinem Nachweis (C2SP tlog-proof)

Die Nachweise lassen sich ohne die Installation prüfen, aus der dies stammt.
`

/** A whole case as one file: so that what is known survives the installation on which it is worked on. */
export async function archiveOf(tx: TenantContext, row: IncidentRow): Promise<Download> {
  const given = await notifying(tx, row, row.language)
  const entries = await store.listEntries(tx, row.id)
  const notices = await listNotices(tx, row.id)
  const record = {
    format: 'art32.incident/1',
    by: tx.tenant.name,
    made: tx.now.toISOString(),
    case: viewCase(row, await look(tx), null),
    // By whom is not for whoever reads this outside: the ledger commits to it.
    tasks: (await cases.listTasks(tx, row.id)).map(({ id, title, due_at: dueAt, done_at: doneAt }) => ({
      id,
      title,
      dueAt,
      doneAt,
    })),
    lessons: await cases.listLessons(tx, row.id),
    notices: notices.map((notice) => ({
      id: notice.id,
      recipient: notice.recipient,
      phase: notice.phase,
      way: notice.way,
      state: notice.state,
      reference: notice.reference,
      delayReason: notice.delay_reason,
      madeAt: notice.made_at,
      toldAt: notice.told_at,
      sha256: notice.sha256.toString('hex'),
    })),
  }
  const parts: Record<string, Uint8Array> = {
    'README.txt': Buffer.from(readMe),
    'case.json': json(record),
    'timeline.csv': csvOf([
      ['happened at', 'written at', 'what', 'text'],
      ...entries.map(({ happened_at: happened, at, kind, text }) => [
        happened.toISOString(),
        at.toISOString(),
        kind,
        text,
      ]),
    ]),
    'users.json': json(await toldUsers(tx, row.id)),
    'notification.json': json(notificationData(given, tx.tenant.name)),
    ...Object.fromEntries(notices.map(({ id, content }) => [`notices/${id}.json`, json(content)])),
  }
  for (const [name, bytes] of await proofsAbout(tx, row.id)) parts[`ledger/${name}`] = bytes
  await addFiles(tx, row.id, parts)
  const day = tx.now.toISOString().slice(0, 10)
  return {
    name: `${tx.tenant.slug}-incident-${row.number}-${day}.zip`,
    type: 'application/zip',
    bytes: zipSync(parts, { level: 6, mtime: epoch }),
  }
}

/** What users were told: as it was said, and how many letters of it left. */
async function toldUsers(tx: TenantContext, id: string): Promise<object> {
  const bulletin = await findBulletin(tx, id)
  return {
    number: bulletin?.number ?? null,
    audience: bulletin?.audience ?? null,
    closedAt: bulletin?.closed_at ?? null,
    withdrawnAt: bulletin?.withdrawn_at ?? null,
    versions: (await listVersions(tx, [id])).map(({ number, published_at: publishedAt, content }) => ({
      number,
      publishedAt,
      ...content,
    })),
    letters: await countDeliveries(tx, id),
  }
}

async function addFiles(tx: TenantContext, id: string, parts: Record<string, Uint8Array>): Promise<void> {
  for (const file of (await listFiles(tx, 'incident', [id])).get(id) ?? []) {
    const bytes = await openContent(tx, file.sha256)
    if (bytes === null || file.name === null) continue
    const taken = parts[`files/${file.name}`] !== undefined
    parts[`files/${taken ? `${file.sha256.slice(0, 12)}-` : ''}${file.name}`] = bytes
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
