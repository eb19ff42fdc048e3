/** What may be wrong with a backup, a copy of it or a drill, as the page of the installation says it with the remedy. */
export const problemKinds = [
  'interrupted',
  'given-up',
  'disk-full',
  'place-full',
  'no-folder',
  'place-away',
  'place-refuses',
  'other-host-key',
  'strange-file',
  'database',
  'none',
  'newest-gone',
  'old',
  'no-key',
  'wrong-key',
  'wrong-master-key',
  'file-missing',
  'file-damaged',
  'manifest-damaged',
  'not-signed',
  'keys-damaged',
  'tables-missing',
  'rows-differ',
  'empty',
  'not-in-it',
  'differs-from-noted',
  'ledger-differs',
  'log-goes-on',
  'other',
] as const

/** One of them. */
export type ProblemKind = (typeof problemKinds)[number]

const codes = {
  interrupted: ['interrupted'],
  'given-up': ['not-sent'],
  'place-full': ['target.full'],
  'no-folder': ['target.no_folder'],
  'place-away': [
    'target.short',
    'target.away',
    'target.silent',
    'target.failing',
    'objects.unreachable',
    'objects.silent',
    'objects.throttled',
    'objects.failing',
    'objects.clock',
  ],
  'place-refuses': [
    'target.not_let_in',
    'target.no_sftp',
    'target.no_private_key',
    'target.denied',
    'objects.wrong_key',
    'objects.denied',
    'objects.no_bucket',
    'objects.other_region',
    'objects.bad_endpoint',
    'objects.not_allowed',
  ],
  'other-host-key': ['target.other_host_key'],
  'strange-file': ['target.no_file'],
  none: ['none'],
  'newest-gone': ['newest-gone'],
  old: ['old'],
  'no-key': ['no-key'],
  'wrong-key': ['wrong_key'],
  'wrong-master-key': ['wrong_master_key'],
  'file-missing': ['target.missing', 'objects.missing'],
  'file-damaged': ['cut-off', 'unpacks-not', 'opens-not', 'file-differs', 'too-large', 'no-head', 'no-manifest'],
  'manifest-damaged': [
    'manifest-unreadable',
    'manifest-differs',
    'more-than-listed',
    'file-not-listed',
    'another-set',
    'another-database',
    'another-time',
  ],
  'not-signed': ['not-signed'],
  'keys-damaged': ['no-keys', 'keys-unreadable'],
  'tables-missing': ['tables-missing'],
  'rows-differ': ['rows-differ', 'hash-differs', 'rows-refused', 'reads-back-otherwise'],
  empty: ['empty', 'no-ledger', 'does-not-answer'],
  'not-in-it': ['not-in-it'],
  'differs-from-noted': ['differs-from-noted'],
  'ledger-differs': [
    'ledger-shorter',
    'ledger-differs',
    'ledger-root-differs',
    'ledger-head-differs',
    'ledger-not-signed',
  ],
  'log-goes-on': ['log-goes-on'],
} as const satisfies Partial<Record<ProblemKind, readonly string[]>>

/** What art32 itself finds wrong, as it is noted. */
export type ProblemCode = (typeof codes)[keyof typeof codes][number]

const kinds: ReadonlyMap<string, ProblemKind> = new Map(
  problemKinds.flatMap((kind) =>
    (kind in codes ? codes[kind as keyof typeof codes] : []).map((code) => [code, kind] as const),
  ),
)

/** Where it went wrong: a full disk is this machine's while a backup is made, and the place's while it is sent. */
export type ProblemOf = 'making' | 'place'

/** Which kind a code is that was noted: of art32's own, of Node.js (`Error:ENOSPC`) or of PostgreSQL (`error:53300`). */
export function kindOfProblem(code: string, of: ProblemOf): ProblemKind {
  const own = kinds.get(code)
  if (own === 'place-full' && of === 'making') return 'disk-full'
  if (own !== undefined) return own
  const said = /:([A-Z0-9_]+)$/.exec(code)?.[1] ?? ''
  if (said === 'ENOSPC' || said === 'EDQUOT') return of === 'making' ? 'disk-full' : 'place-full'
  if (/^(EACCES|EPERM|EROFS)$/.test(said)) return of === 'place' ? 'place-refuses' : 'other'
  if (said === '53100' || code === 'postgres.disk_full') return 'disk-full'
  if (code.startsWith('postgres.') || /^[0-9A-Z]{5}$/.test(said)) return 'database'
  const isOfNetwork = /^(ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|EIO|ENOTCONN|ESTALE)/.test(said)
  return isOfNetwork && of === 'place' ? 'place-away' : 'other'
}
