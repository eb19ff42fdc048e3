import { constants, createPrivateKey, generateKeyPairSync, privateDecrypt, publicEncrypt } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openKeyVault } from './key-vault.ts'
import type { VaultSettings } from './key-vault.ts'
import { openMasterKey } from './master-key.ts'

/*
 * A strict stand-in for Azure Key Vault, its sign-in and the metadata service, after the published descriptions
 * (learn.microsoft.com: Key Vault REST 7.4 wrapKey and unwrapKey, client credentials flow, instance metadata service).
 * It refuses what the real ones would refuse; RSA-OAEP-256 is real.
 */
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const version = 'a'.repeat(32)
const kid = `https://example.vault.azure.net/keys/art32/${version}`
const client = { tenant: 'example.onmicrosoft.com', id: 'client-id', secret: 'client-secret' }
const settings: VaultSettings = {
  keyUrl: 'https://example.vault.azure.net/keys/art32',
  client,
  authority: 'https://login.microsoftonline.com',
}

type Trouble = (request: IncomingMessage, response: ServerResponse) => boolean
let trouble: Trouble = () => false
let seen: string[] = []
let port = 0

const server = createServer((request, response) => {
  void (async () => {
    const body = await text(request)
    const host = String(request.headers['x-host'])
    const url = new URL(request.url ?? '/', `http://${host}`)
    seen.push(`${request.method} ${host}${url.pathname}`)
    if (trouble(request, response)) return
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    }
    if (host === 'login.microsoftonline.com') {
      const form = new URLSearchParams(body)
      const isRight =
        request.method === 'POST' &&
        url.pathname === '/example.onmicrosoft.com/oauth2/v2.0/token' &&
        request.headers['content-type'] === 'application/x-www-form-urlencoded' &&
        form.get('grant_type') === 'client_credentials' &&
        form.get('client_id') === client.id &&
        form.get('client_secret') === client.secret &&
        form.get('scope') === 'https://vault.azure.net/.default'
      return isRight
        ? answer(200, { token_type: 'Bearer', access_token: 'token-1', expires_in: 3599 })
        : answer(401, { error: 'invalid_client' })
    }
    if (host === '169.254.169.254') {
      const isRight =
        request.headers['metadata'] === 'true' &&
        url.searchParams.get('resource') === 'https://vault.azure.net' &&
        url.searchParams.get('api-version') === '2018-02-01'
      return isRight ? answer(200, { access_token: 'token-1', expires_in: '3599' }) : answer(400, { error: 'invalid' })
    }
    if (request.headers.authorization !== 'Bearer token-1') return answer(401, { error: { code: 'Unauthorized' } })
    const { alg, value } = JSON.parse(body) as { alg: string; value: string }
    const match = /^\/keys\/art32(?:\/([0-9a-f]{32}))?\/(wrapkey|unwrapkey)$/.exec(url.pathname)
    if (request.method !== 'POST' || url.searchParams.get('api-version') !== '7.4' || !match || alg !== 'RSA-OAEP-256')
      return answer(400, { error: { code: 'BadParameter' } })
    const options = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
    const bytes = Buffer.from(value, 'base64url')
    const out =
      match[2] === 'wrapkey'
        ? publicEncrypt({ key: pair.publicKey, ...options }, bytes)
        : privateDecrypt(
            { key: createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })), ...options },
            bytes,
          )
    return answer(200, { kid, value: out.toString('base64url') })
  })()
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  trouble = () => false
  seen = []
})

/** The real addresses, answered by the stand-in. */
const vaultOf = (wanted: VaultSettings = settings, timeoutMs = 2_000, patienceMs = 3_000) =>
  openKeyVault(wanted, {
    timeoutMs,
    patienceMs,
    fetch: async (address, init) => {
      const url = new URL(address)
      const headers = new Headers(init.headers)
      headers.set('x-host', url.host)
      return await fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers })
    },
  })
const key = Buffer.alloc(32, 7)
const status = (code: number, body: unknown, headers: Record<string, string> = {}): Trouble => {
  return ({ headers: asked }, response) => {
    if (String(asked['x-host']) !== 'example.vault.azure.net') return false
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    return true
  }
}

it('wraps and unwraps by a client or by the identity of the machine, signing in once', async () => {
  for (const one of [settings, { ...settings, client: null }]) {
    seen = []
    const vault = vaultOf(one)
    const wrapped = await vault.wrap(key)
    expect(wrapped).toMatchObject({ format: 'art32.wrapped-key/1', kid, alg: 'RSA-OAEP-256' })
    expect([...(await vault.unwrap(wrapped))]).toEqual([...key])
    expect(seen).toHaveLength(3)
    expect(seen.at(-1)).toBe(`POST example.vault.azure.net/keys/art32/${version}/unwrapkey`)
  }
})

it('waits as long as it is told when throttled, and gives up with a sentence', async () => {
  let refused = 0
  trouble = (request, response) => refused++ < 2 && status(429, {}, { 'retry-after': '0' })(request, response)
  expect((await vaultOf().wrap(key)).kid).toBe(kid)
  trouble = status(429, {}, { 'retry-after': '3600' })
  const started = Date.now()
  await expect(vaultOf().wrap(key)).rejects.toMatchObject({ code: 'key_vault.throttled' })
  expect(Date.now() - started).toBeLessThan(3_000)
})

it('says what is wrong and what to do about it', async () => {
  const forbidden = { error: { code: 'Forbidden', innererror: { code: 'ForbiddenByRbac' } } }
  const disabled = { error: { code: 'Forbidden', innererror: { code: 'KeyDisabled' } } }
  for (const [answer, code] of [
    [status(403, forbidden), 'key_vault.forbidden'],
    [status(403, disabled), 'key_vault.disabled'],
    [status(404, { error: { code: 'KeyNotFound' } }), 'key_vault.no_key'],
    [status(401, {}), 'key_vault.not_signed_in'],
    [status(200, { hello: 'world' }), 'key_vault.unexpected'],
  ] as const) {
    trouble = answer
    await expect(vaultOf().wrap(key)).rejects.toMatchObject({ code })
  }
  trouble = () => false
  const wrong = { ...settings, client: { ...client, secret: 'wr0ng-secret' } }
  const refused = await vaultOf(wrong)
    .wrap(key)
    .catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'key_vault.not_signed_in' })
  expect(String(refused)).not.toContain('wr0ng-secret')
})

it('ends when nobody answers', async () => {
  trouble = () => true
  await expect(vaultOf(settings, 200).wrap(key)).rejects.toMatchObject({ code: 'key_vault.unreachable' })
})

it('asks no other vault than the configured one, whatever the file says', async () => {
  const wrapped = await vaultOf().wrap(key)
  const elsewhere = { ...wrapped, kid: wrapped.kid.replace('example.vault', 'evil.vault') }
  seen = []
  await expect(vaultOf().unwrap(elsewhere)).rejects.toMatchObject({ code: 'key_vault.no_key' })
  expect(seen).toEqual([])
})

it('keeps the master key wrapped beside the data, through a rotation, and takes over the key of a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'art32-vault-'))
  try {
    const path = join(folder, 'master.key')
    const source = { kind: 'vault', vault: settings } as const
    const file = await openMasterKey({ kind: 'file' }, path)
    const first = await openMasterKey(source, path, vaultOf())
    expect(first.ring.earlier.map((one) => [...one])).toEqual([[...file.ring.current]])
    const wrapped = join(folder, 'master.wrapped')
    expect(readFileSync(wrapped, 'utf8')).not.toContain(Buffer.from(first.ring.current).toString('base64url'))
    first.finish()
    rmSync(path)
    await first.begin()
    const crashed = await openMasterKey(source, path, vaultOf())
    expect([...crashed.ring.current]).toEqual([...first.ring.current])
    expect(crashed.ring.earlier).toHaveLength(1)
    crashed.finish()
    expect(existsSync(`${wrapped}.next`)).toBe(false)
    const last = await openMasterKey(source, path, vaultOf())
    expect([[...last.ring.current], last.ring.earlier]).toEqual([[...first.ring.current], []])
    writeFileSync(wrapped, '{}')
    await expect(openMasterKey(source, path, vaultOf())).rejects.toMatchObject({ code: 'master_key.wrapped_malformed' })
    chmodSync(wrapped, 0o644)
    await expect(openMasterKey(source, path, vaultOf())).rejects.toMatchObject({ code: 'master_key.not_private' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
