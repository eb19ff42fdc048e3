import type { Lag, Support } from '@art32/probes'
import { clockBoundMs } from '@art32/timestamp'

/** How one thing stands. `unseen`: it could not be looked at, which is neither in order nor out of it. */
export type State = 'ok' | 'warn' | 'fail' | 'unseen'

/** A sentence in both languages. */
interface Words {
  readonly en: string
  readonly de: string
}

/** What was found out about one thing. */
export interface Diagnosis {
  readonly id: Thing
  readonly state: State
  readonly says: Words
  /** What to do; null where nothing is to be done. */
  readonly remedy: Words | null
}

/** What is looked at, in the order in which it is told. */
export type Thing =
  | 'release'
  | 'runtime'
  | 'database'
  | 'patches'
  | 'placement'
  | 'server'
  | 'queue'
  | 'disk'
  | 'log'
  | 'clock'
  | 'certificate'
  | 'permissions'

const day = 86_400_000
const gib = 1_073_741_824

/** The version of a product, and what is known of its end. Null support: the table does not know it. */
export interface Versioned {
  readonly version: string
  readonly support: Support | null
  readonly lag: Lag | null
}

/** Judges whether a product is still maintained. */
export function judgeSupport(id: 'runtime' | 'database', name: string, found: Versioned): Diagnosis {
  const what = `${name} ${found.version}`
  const { support } = found
  const remedy = supportRemedies[id]
  if (support === null)
    return say(id, 'unseen', `${what}: its end of life is not known`, `${what}: Ende der Pflege unbekannt`, remedy)
  if (support.state === 'ended')
    return say(id, 'fail', `${what} is no longer maintained`, `${what} wird nicht mehr gepflegt`, remedy)
  const until = support.until ?? '–'
  const isSoon = support.days < 90
  return say(
    id,
    isSoon ? 'warn' : 'ok',
    `${what}, maintained until ${until}`,
    `${what}, gepflegt bis ${until}`,
    isSoon ? remedy : null,
  )
}

/** Judges a database server beside the first one. @param seen its version, or why it was not seen, as a code */
export function judgeOtherServer(name: string, seen: { found: Versioned } | { why: string }): Diagnosis {
  if ('why' in seen)
    return say(
      'placement',
      'fail',
      `The database server ${name} cannot be used (${seen.why}): its tenants are refused, all others work`,
      `Der Datenbankserver ${name} ist nicht benutzbar (${seen.why}): Seine Mandanten werden abgewiesen, alle anderen arbeiten`,
      {
        en: 'Check its address in ART32_DATABASE_SERVERS and whether PostgreSQL runs there.',
        de: 'Seine Adresse in ART32_DATABASE_SERVERS prüfen und ob PostgreSQL dort läuft.',
      },
    )
  const { says, ...judged } = judgeSupport('database', 'PostgreSQL', seen.found)
  return { ...judged, id: 'placement', says: { en: `${name}: ${says.en}`, de: `${name}: ${says.de}` } }
}

const supportRemedies: Readonly<Record<'runtime' | 'database', Words>> = {
  runtime: {
    en: 'Update art32 (git pull, npm start): each release brings its Node.js.',
    de: 'art32 aktualisieren (git pull, npm start): Jede Auslieferung bringt ihr Node.js mit.',
  },
  database: {
    en: 'Move to a newer major version of PostgreSQL; make a backup before.',
    de: 'Auf eine neuere Hauptversion von PostgreSQL wechseln; vorher sichern.',
  },
}

/** Judges whether PostgreSQL has its security patches. @param isEmbedded it comes with art32 */
export function judgePatches({ version, lag }: Versioned, isEmbedded: boolean): Diagnosis {
  const remedy = isEmbedded
    ? {
        en: 'Update art32 (git pull, npm start): it brings PostgreSQL.',
        de: 'art32 aktualisieren (git pull, npm start): Es bringt PostgreSQL mit.',
      }
    : {
        en: 'Install the newest minor version of PostgreSQL.',
        de: 'Die neueste Nebenversion von PostgreSQL einspielen.',
      }
  if (lag === null)
    return say(
      'patches',
      'unseen',
      `it is not known which patches PostgreSQL ${version} lacks`,
      `unbekannt, welche Patches PostgreSQL ${version} fehlen`,
      remedy,
    )
  if (!lag.behind)
    return say(
      'patches',
      'ok',
      `no newer PostgreSQL of this line is known`,
      `keine neuere PostgreSQL-Version dieser Linie bekannt`,
    )
  const days = lag.days ?? 0
  return say(
    'patches',
    days > 30 ? 'fail' : 'warn',
    `PostgreSQL ${lag.latest} has been out for ${days} days`,
    `PostgreSQL ${lag.latest} gibt es seit ${days} Tagen`,
    remedy,
  )
}

/** Judges the room that is left. @param total and free in bytes */
export function judgeDisk({ total, free }: { readonly total: number; readonly free: number }): Diagnosis {
  const share = total === 0 ? 0 : free / total
  const state = free < gib / 2 || share < 0.02 ? 'fail' : free < 2 * gib || share < 0.1 ? 'warn' : 'ok'
  const left = `${(free / gib).toFixed(1)} GiB (${Math.floor(share * 100)} %)`
  const remedy = {
    en: 'Free space, or move the data folder to a larger disk.',
    de: 'Platz schaffen oder den Datenordner auf eine größere Platte legen.',
  }
  return say('disk', state, `${left} free for the data`, `${left} frei für die Daten`, state === 'ok' ? null : remedy)
}

/** How long the log of the database may be behind in a place. Milliseconds. */
const logLateMs = 15 * 60_000

/** Judges how far the log of the database is kept elsewhere. @param places the last moment in each; null: none yet */
export function judgeLog(
  places: readonly { readonly until: Date | null; readonly problem: string | null }[],
  now: Date,
): Diagnosis {
  const remedy = {
    en: 'Look at the page of the installation: it names the place and what to do.',
    de: 'Auf der Seite der Installation nachsehen: Sie nennt den Ort und was zu tun ist.',
  }
  const minutes = places.map(({ until }) =>
    until === null ? null : Math.round((now.getTime() - until.getTime()) / 60_000),
  )
  const behind = places.findIndex(({ until }) => until === null || now.getTime() - until.getTime() > logLateMs)
  if (behind < 0) {
    const most = Math.max(...minutes.map((one) => one ?? 0))
    return say(
      'log',
      'ok',
      `The log of the database is kept, ${most} minutes behind at most`,
      `Das Journal der Datenbank wird aufbewahrt, höchstens ${most} Minuten hinterher`,
    )
  }
  const code = places[behind]?.problem
  const why = code == null ? '' : ` (${code})`
  return say(
    'log',
    'fail',
    `The log of the database is not kept in place ${behind + 1}${why}: what was written since would be lost`,
    `Das Journal der Datenbank kommt an Ort ${behind + 1} nicht an${why}: Was seither geschrieben wurde, ginge verloren`,
    remedy,
  )
}

/** The newest time stamp beside the clock of this machine. */
export interface StampedClock {
  /** Milliseconds by which the machine was ahead of the authority at least; below nothing: behind. */
  readonly aheadMs: number
  /** By the clock of the authority. */
  readonly at: Date
}

/**
 * Judges the clock.
 *
 * @param clock.synchronised null: nothing here says so
 * @param clock.skewMs to the clock of another PostgreSQL; null: there is none
 * @param clock.stamp null: no authority has stamped
 */
export function judgeClock({
  synchronised,
  skewMs,
  stamp,
}: {
  readonly synchronised: boolean | null
  readonly skewMs: number | null
  readonly stamp: StampedClock | null
}): Diagnosis {
  const remedy = {
    en: 'Let the machine keep time (systemd-timesyncd, chrony).',
    de: 'Die Uhr der Maschine stellen lassen (systemd-timesyncd, chrony).',
  }
  const seconds = Math.round(Math.abs(skewMs ?? 0) / 1_000)
  if (seconds > 5)
    return say(
      'clock',
      seconds > 60 ? 'fail' : 'warn',
      `${seconds} s apart from the database`,
      `${seconds} s neben der Datenbank`,
      remedy,
    )
  const beside = stamp === null ? null : besideStamp(stamp)
  if (beside !== null && beside.seconds * 1_000 > clockBoundMs)
    return say('clock', beside.seconds > 60 ? 'fail' : 'warn', beside.en, beside.de, {
      en: `${remedy.en} If it is right, tell the authority that its own is wrong.`,
      de: `${remedy.de} Geht sie richtig, geht die der Zeitstempelstelle falsch: ihr Bescheid geben.`,
    })
  if (synchronised === null)
    return say(
      'clock',
      'unseen',
      'nothing here says whether it is kept',
      'nichts sagt hier, ob sie gestellt wird',
      remedy,
    )
  if (!synchronised) return say('clock', 'warn', 'it is not synchronised', 'sie wird nicht gestellt', remedy)
  return say('clock', 'ok', 'it is synchronised', 'sie wird gestellt')
}

function besideStamp({ aheadMs, at }: StampedClock): { seconds: number; en: string; de: string } {
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  const on = at.toISOString().slice(0, 16).replace('T', ' ')
  return {
    seconds,
    en: `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the time-stamping authority, at ${on} UTC by its clock`,
    de: `${seconds} s ${aheadMs > 0 ? 'vor' : 'hinter'} der Zeitstempelstelle, um ${on} UTC nach deren Uhr`,
  }
}

/** Judges the TLS certificate. Null: art32 speaks no TLS itself. @param now the present */
export function judgeCertificate(
  certificate: { readonly validUntil: Date; readonly fits: boolean } | null,
  isBeyondMachine: boolean,
  now: Date,
): Diagnosis {
  if (certificate === null)
    return isBeyondMachine
      ? say('certificate', 'unseen', 'a proxy speaks TLS', 'ein Proxy spricht TLS', {
          en: 'Watch its certificate there.',
          de: 'Das Zertifikat dort im Blick behalten.',
        })
      : say(
          'certificate',
          'ok',
          'none is needed on this machine alone',
          'auf dieser Maschine allein wird keines gebraucht',
        )
  const remedy = {
    en: 'Renew it; it is taken over without a restart.',
    de: 'Erneuern; es wird ohne Neustart übernommen.',
  }
  if (!certificate.fits)
    return say(
      'certificate',
      'fail',
      'certificate and key do not fit together',
      'Zertifikat und Schlüssel passen nicht zusammen',
      remedy,
    )
  const days = Math.floor((certificate.validUntil.getTime() - now.getTime()) / day)
  const state = days < 7 ? 'fail' : days < 21 ? 'warn' : 'ok'
  if (days < 0) return say('certificate', 'fail', 'it has run out', 'es ist abgelaufen', remedy)
  return say(
    'certificate',
    state,
    `valid for ${days} more days`,
    `noch ${days} Tage gültig`,
    state === 'ok' ? null : remedy,
  )
}

/**
 * Judges a certificate that art32 orders itself, beside what its days say.
 *
 * @param isMakeshift there is none of an authority yet @param failure how the last order failed, and until when none is tried; null: it did not
 */
export function judgeOrder(
  judged: Diagnosis,
  {
    isMakeshift,
    failure,
  }: {
    readonly isMakeshift: boolean
    readonly failure: { readonly says: Words; readonly remedy: Words; readonly until: Date | null } | null
  },
): Diagnosis {
  const wait = {
    en: 'It is ordered within minutes of the start; look again then.',
    de: 'Es wird in den ersten Minuten nach dem Start bestellt; dann noch einmal nachsehen.',
  }
  const none = { en: 'no authority has given one yet', de: 'noch keine Zertifizierungsstelle hat eines ausgestellt' }
  if (failure === null)
    return isMakeshift ? { id: 'certificate', state: 'fail', says: none, remedy: wait } : ordered(judged)
  const before = isMakeshift ? none : judged.says
  const until = failure.until?.toISOString().slice(0, 16).replace('T', ' ')
  return {
    id: 'certificate',
    state: isMakeshift || judged.state === 'fail' ? 'fail' : 'warn',
    says: {
      en: `${before.en}; the last order failed: ${failure.says.en}${until === undefined ? '' : `; next try ${until} UTC`}`,
      de: `${before.de}; die letzte Bestellung scheiterte: ${failure.says.de}${until === undefined ? '' : `; nächster Versuch ${until} UTC`}`,
    },
    remedy: failure.remedy,
  }
}

/** What art32 renews nobody has to renew. */
function ordered(judged: Diagnosis): Diagnosis {
  return judged.remedy === null
    ? judged
    : {
        ...judged,
        remedy: {
          en: 'art32 renews it by itself where it runs: start it, and read its log for acme.failed.',
          de: 'art32 erneuert es selbst, wo es läuft: starten und im Log nach acme.failed sehen.',
        },
      }
}

/** Judges who may read what is secret. @param open what others may read, below the data folder; @param foreign what belongs to others */
export function judgePermissions({
  open,
  foreign,
}: {
  readonly open: readonly string[]
  readonly foreign: readonly string[]
}): Diagnosis {
  const remedy = {
    en: `chmod go-rwx, and chown to the user of art32: ${[...open, ...foreign].join(', ')}`,
    de: `chmod go-rwx und chown auf den Benutzer von art32: ${[...open, ...foreign].join(', ')}`,
  }
  if (open.length > 0)
    return say(
      'permissions',
      'fail',
      `others may read ${open.join(', ')}`,
      `andere dürfen lesen: ${open.join(', ')}`,
      remedy,
    )
  if (foreign.length > 0)
    return say(
      'permissions',
      'fail',
      `not owned by whoever asks: ${foreign.join(', ')}`,
      `gehört nicht, wer fragt: ${foreign.join(', ')}`,
      remedy,
    )
  return say('permissions', 'ok', 'secrets are closed to others', 'Geheimnisse sind für andere zu')
}

/** What a running process says of itself. */
export interface Running {
  /** What `/readyz` names. */
  readonly missing: readonly string[]
  /** What it does of what several share; `all`: everything. */
  readonly role: string
}

/** Judges whether the server runs. @param running null: nobody answers */
export function judgeServer(running: Running | null, port: number): Diagnosis {
  if (running === null)
    return say('server', 'warn', `nobody answers at port ${port}`, `an Port ${port} antwortet niemand`, {
      en: 'Start it: npm start, or its service.',
      de: 'Starten: npm start oder der Dienst.',
    })
  const [as, als] = running.role === 'all' ? ['', ''] : [` as ${running.role}`, ` als ${running.role}`]
  if (running.missing.length === 0)
    return say('server', 'ok', `it runs${as} and is ready`, `er läuft${als} und ist bereit`)
  const parts = running.missing.join(', ')
  return say('server', 'fail', `it runs${as} and lacks: ${parts}`, `er läuft${als}, ihm fehlt: ${parts}`, {
    en: 'Read its log.',
    de: 'Das Log lesen.',
  })
}

/** Judges the queue. @param oldestSeconds since when the oldest job waits that could be done @param failed within a day */
export function judgeQueue({
  waiting,
  oldestSeconds,
  failed,
}: {
  readonly waiting: number
  readonly oldestSeconds: number
  readonly failed: number
}): Diagnosis {
  const state = oldestSeconds > 3_600 ? 'fail' : oldestSeconds > 600 || failed > 0 ? 'warn' : 'ok'
  const minutes = Math.round(oldestSeconds / 60)
  return say(
    'queue',
    state,
    `${waiting} jobs wait, the oldest for ${minutes} min; ${failed} failed in a day`,
    `${waiting} Aufgaben warten, die älteste ${minutes} min; ${failed} an einem Tag gescheitert`,
    state === 'ok'
      ? null
      : {
          en: 'Read the log for job.failed; start art32 where it does not run.',
          de: 'Im Log nach job.failed sehen; art32 starten, wo es nicht läuft.',
        },
  )
}

/** Says that something could not be looked at. @param why of what kind: a code, never a message */
export function unseen(id: Thing, why: string, remedy: Words): Diagnosis {
  return say(id, 'unseen', `could not look (${why})`, `konnte nicht nachsehen (${why})`, remedy)
}

/** Says what is only told. */
export function told(id: Thing, en: string, de: string): Diagnosis {
  return say(id, 'ok', en, de)
}

function say(id: Thing, state: State, en: string, de: string, remedy: Words | null = null): Diagnosis {
  return { id, state, says: { en, de }, remedy }
}
