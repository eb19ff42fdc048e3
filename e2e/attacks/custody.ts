import { createHash, generateKeyPairSync } from 'node:crypto'
import { formatVkey, openCheckpoint, parseVkey, signNote, verifierKey } from '@art32/ledger'
import { strToU8, zipSync } from 'fflate'
import { ledgerCrypto, ledgerSigner } from '../../apps/server/src/platform/index.ts'
import { openExport } from '../../scripts/testing/forged-export.ts'
import type { ForgedExport } from '../../scripts/testing/forged-export.ts'
import type { Attack } from './attack.ts'
import { furnish } from './furnish.ts'
import { addressOf } from './people.ts'
import type { Answer, Target } from './target.ts'

const custody = 'apps/server/src/custody'

async function exportAlpha(target: Target): Promise<ForgedExport> {
  await furnish(target)
  const cookie = await target.signIn('owner')
  // As if by the passkey that the owner has.
  await target.query('update session set "confirmedAt" = now()')
  const response = await fetch(`${target.url}/api/tenants/alpha/tenant/export`, {
    method: 'POST',
    headers: { cookie, origin: target.url, 'content-type': 'application/json' },
    body: '{}',
  })
  if (response.status !== 200) throw new Error(`the export was answered with ${response.status}`)
  return openExport(new Uint8Array(await response.arrayBuffer()))
}

function send(
  target: Target,
  bytes: Uint8Array,
  slug: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return target.send(`/api/tenant/import?${new URLSearchParams({ name: 'x.zip', slug }).toString()}`, {
    method: 'POST',
    headers: { origin: target.url, 'content-type': 'application/octet-stream', ...headers },
    body: bytes,
  })
}

/** Tenants, databases and what alpha holds: what an import that was refused must not have touched. */
async function stateOf(target: Target): Promise<string> {
  const [own] = await target.query<{ name: string }>('select current_database() as name')
  const prefix = /^t\d+attack[0-9a-z]+?x\d+/.exec(own?.name ?? '')?.[0]
  if (prefix === undefined) throw new Error(`${own?.name ?? ''} is no database of an attack`)
  return JSON.stringify(
    await Promise.all([
      target.query('select id, slug, name, state from tenant order by id'),
      target.query('select datname from pg_database where datname ~ $1 order by 1', [`^${prefix}([^0-9]|$)`]),
      target.query('select rolname from pg_roles where rolname ~ $1 order by 1', [`^${prefix}([^0-9]|$)`]),
      target.query('select tenant_id, account_id from tenant_account order by 1, 2'),
      target.query('select id from system order by 1', [], 'alpha'),
      target.query('select account_id, role from membership order by 1', [], 'alpha'),
    ]),
  )
}

/** All heads signed by a key that the forger has, under the name of the log. */
function resigned(
  { textOf, forge }: ForgedExport,
  changed: Readonly<Record<string, string>>,
  isNamed: boolean,
): Uint8Array {
  const key = parseVkey(ledgerCrypto, textOf('ledger/vkey').trim())
  const pkcs8 = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })
  const signer = ledgerSigner(key.name, pkcs8)
  const heads = textOf('ledger/checkpoints.ndjson')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const head = JSON.parse(line) as { note: string }
      openCheckpoint(ledgerCrypto, head.note, [key])
      const text = head.note.slice(0, head.note.indexOf('\n\n') + 1)
      return `${JSON.stringify({ ...head, note: signNote(ledgerCrypto, text, [signer]) })}\n`
    })
  const vkey = formatVkey(verifierKey(ledgerCrypto, signer))
  return forge(
    { ...changed, 'ledger/checkpoints.ndjson': heads.join(''), ...(isNamed ? { 'ledger/vkey': `${vkey}\n` } : {}) },
    (manifest) => {
      if (isNamed) manifest.ledger.vkey = vkey
    },
  )
}

/** Archives that no export is. */
function forgeries(given: ForgedExport): Readonly<Record<string, Uint8Array>> {
  const { files, textOf, forge } = given
  const all = zipSync({ ...files }, { level: 1 })
  const entries = textOf('ledger/entries.ndjson').split('\n')
  const swap = (path: string, from: string | RegExp, to: string) => {
    const text = textOf(path).replace(from, to)
    if (text === textOf(path)) throw new Error(`${path} holds nothing of ${String(from)}`)
    return { [path]: text }
  }
  const zeros = new Uint8Array(8 * 1_048_576)
  const zerosName = `files/${createHash('sha256').update(zeros).digest('hex')}`
  const names = [
    '../../etc/passwd',
    '/etc/passwd',
    'tables/../../x.ndjson',
    '..\\..\\x',
    'files/x\0',
    'tables/a.ndjson/../b',
    'C:\\x',
    'files/%2e%2e',
  ]
  return {
    nothing: new Uint8Array(),
    'no archive': strToU8('hello'),
    ...Object.fromEntries(
      [0.1, 0.5, 0.9, 0.999].map((part) => [`cut off at ${part}`, all.slice(0, Math.floor(all.length * part))]),
    ),
    'cut off at the front': all.slice(100),
    ...Object.fromEntries(names.map((name) => [`with ${name}`, zipSync({ ...files, [name]: strToU8('x') })])),
    'with a bomb': zipSync({ ...files, [zerosName]: zeros }, { level: 9 }),
    'with a bomb that is listed': zipSync(
      { ...files, [zerosName]: zeros, 'manifest.json': manifestWith(given, zerosName, zeros) },
      { level: 9 },
    ),
    'with SQL as a table': forge({ 'tables/system; drop table tenant.ndjson': '{}\n' }),
    'with SQL as a column': forge({}, ({ tables }) => tables['system']?.columns.push('id) values (1); --')),
    'with a table of members': forge(
      { 'tables/membership.ndjson': '{}\n' },
      ({ tables }) => (tables['membership'] = { columns: ['account_id'] }),
    ),
    'with a file changed under its hash': zipSync({
      ...files,
      'tables/connection.ndjson': strToU8(
        swap('tables/connection.ndjson', 'dns', 'sdn')['tables/connection.ndjson'] ?? '',
      ),
    }),
    'with a hash changed': forge({}, ({ files: [first] }) => void (first && (first.sha256 = '0'.repeat(64)))),
    'with a role that nobody has': forge(swap('people.ndjson', /"role":\s*"[a-z]+"/, '"role":"operator"')),
    'with a row of nobody': forge(
      swap(
        'tables/connection.ndjson',
        /"system_id":\s*"[0-9a-f-]{36}"/,
        '"system_id":"00000000-0000-4000-8000-000000000000"',
      ),
    ),
    'with SQL as a value': forge(swap('tables/system.ndjson', /"id":\s*"[^"]+"/, `"id":"'); drop table system; --"`)),
    'with an entry of the ledger changed': forge(swap('ledger/entries.ndjson', 'document.read', 'document.seen')),
    'without the first entry of the ledger': forge({ 'ledger/entries.ndjson': entries.slice(1).join('\n') }),
    'without the last entry of the ledger': forge({ 'ledger/entries.ndjson': `${entries.slice(0, -2).join('\n')}\n` }),
    'without heads of the ledger': forge({ 'ledger/checkpoints.ndjson': '' }),
    'without a ledger': forge({
      'ledger/entries.ndjson': '',
      'ledger/openings.ndjson': '',
      'ledger/checkpoints.ndjson': '',
    }),
    'with the size of another ledger': forge({}, ({ ledger }) => Object.assign(ledger, { size: 1 })),
    "signed by another installation's key": resigned(given, {}, false),
    'signed by another key under the name of a log that lives here': resigned(given, {}, true),
  }
}

function manifestWith({ textOf }: ForgedExport, path: string, content: Uint8Array): Uint8Array {
  const manifest = JSON.parse(textOf('manifest.json')) as { files: object[] }
  manifest.files.push({ path, bytes: content.length, sha256: path.slice('files/'.length) })
  return strToU8(JSON.stringify(manifest))
}

/** Weakened: a file is not compared with what the manifest says, and the past of a living log may be anybody's. */
export const importForged: Attack = {
  id: 'import-forged',
  title: 'no archive becomes a tenant that is not an export to the last byte, and one that is refused leaves nothing',
  weaken: [
    { file: `${custody}/parts.ts`, from: 'if (size !== bytes || hash.digest(', to: 'if (size < 0 || hash.digest(' },
    { file: `${custody}/parts.ts`, from: "'hex') !== sha256) throw bad(name,", to: "'hex') === '') throw bad(name," },
    {
      file: `${custody}/import.ts`,
      from: 'if (living && living.vkey !== head.vkey) throw',
      to: 'if (living && living.vkey === "") throw',
    },
  ],
  async run(target, tally) {
    const given = await exportAlpha(target)
    const cookie = await target.signIn('operator')
    const before = await stateOf(target)
    for (const [what, bytes] of Object.entries(forgeries(given))) {
      const { status, code } = await send(target, bytes, 'taken-over', { cookie })
      const isRefused = status === 400 && /^(archive|custody|http)\./.test(code)
      tally.add(isRefused ? null : `an archive ${what}: ${status} ${code}`)
      if (status === 200) return
    }
    tally.add((await stateOf(target)) === before ? null : 'an archive that was refused left something')
    for (const slug of ['alpha', 'beta', 'this-installation', "x'; drop table tenant; --", '../alpha', '']) {
      const { status } = await send(target, given.forge({}), slug, { cookie })
      tally.add(status >= 400 && status < 500 ? null : `as ${slug}: ${status}`)
    }
    tally.add((await stateOf(target)) === before ? null : 'a living tenant was changed')
    // What is right comes in, beside the living one with the same ids, and takes nothing from it.
    const right = await send(target, given.forge({}), 'brought', { cookie })
    if (right.status !== 200) throw new Error(`an unchanged export is refused: ${right.status} ${right.text}`)
    const owner = await target.signIn('owner')
    tally.add(
      (await target.call(owner, 'system.list', {}, 'brought')).status === 404
        ? null
        : 'its former owner is in without an invitation',
    )
    tally.add((await target.call(owner, 'system.list')).status === 200 ? null : 'the living tenant answers no more')
    const secrets = await target.query<{ n: number }>(
      'select count(*)::int as n from membership where account_id <> (select account_id from membership limit 1)',
      [],
      'brought',
    )
    tally.add(secrets[0]?.n === 0 ? null : 'members came in without an invitation')
  },
}

/** Weakened: whoever is signed in may. */
export const importRights: Attack = {
  id: 'import-rights',
  title: 'nobody but the operator brings a tenant in, and nobody but its owners takes one out',
  weaken: [
    {
      file: `${custody}/operations.ts`,
      from: "  async function operator({ account }: ImportContext): Promise<NonNullable<ImportContext['account']>> {\n    if (!account || !(await isOperator(account)))",
      to: "  async function operator({ account }: ImportContext): Promise<NonNullable<ImportContext['account']>> {\n    if (!account)",
    },
  ],
  async run(target, tally) {
    const given = await exportAlpha(target)
    const { tokenOfBoth, readingToken, leaver } = await furnish(target)
    const bytes = given.forge({})
    const before = await stateOf(target)
    const cookies = async (name: Parameters<Target['signIn']>[0]) => ({ cookie: await target.signIn(name) })
    const operator = await target.signIn('operator')
    const signedIn = await Promise.all((['owner', 'editor', 'member', 'stranger', 'both'] as const).map(cookies))
    const callers: readonly Readonly<Record<string, string>>[] = [
      {},
      ...signedIn,
      { cookie: leaver },
      { authorization: `Bearer ${tokenOfBoth}` },
      { authorization: `Bearer ${readingToken}` },
      { cookie: operator, origin: 'https://evil.example' },
    ]
    for (const [n, headers] of callers.entries()) {
      const { status } = await send(target, bytes, `taken-${n}`, headers)
      tally.add([401, 403].includes(status) ? null : `an import by caller ${n}: ${status}`)
    }
    // A session that nobody confirmed lately.
    await target.query(
      `update session set "confirmedAt" = now() - interval '11 minutes' where "userId" = (select id from account where email = $1)`,
      [addressOf('operator')],
    )
    tally.add(
      (await send(target, bytes, 'taken-open', { cookie: operator })).code === 'account.confirm_needed'
        ? null
        : 'an import by a session left open',
    )
    tally.add((await stateOf(target)) === before ? null : 'something was brought in')
    for (const { cookie } of [...signedIn.slice(1), { cookie: leaver }, { cookie: operator }, { cookie: '' }]) {
      const { status } = await target.call(cookie, 'tenant.export')
      tally.add([401, 403, 404].includes(status) ? null : `an export: ${status}`)
    }
    for (const authorization of [`Bearer ${tokenOfBoth}`, `Bearer ${readingToken}`]) {
      const { status } = await target.send('/api/tenants/alpha/tenant/export', {
        method: 'POST',
        headers: { authorization },
        body: {},
      })
      tally.add([401, 403, 404].includes(status) ? null : `an export by a token: ${status}`)
    }
  },
}
