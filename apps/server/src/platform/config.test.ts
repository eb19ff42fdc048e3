import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatVkey, verifierKey } from '@art32/ledger'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { ledgerCrypto } from './ledger-keys.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (content: string) => writeFileSync(join(folder, 'art32.json'), content)

it('takes defaults where nothing is set', () => {
  expect(readConfig({ ART32_DATA: folder })).toEqual({
    backup: {
      recipients: [],
      targets: [],
      keep: { days: 7, weeks: 5, months: 12 },
      continuous: false,
      bytesPerSecond: null,
    },
    dataFolder: folder,
    host: '127.0.0.1',
    port: 3232,
    publicUrl: null,
    role: 'all',
    portalUrl: null,
    publishedFolder: null,
    intakeFolder: null,
    databaseRoom: new Map(),
    layout: 'database',
    databaseServers: [],
    databaseUrl: null,
    controller: null,
    dataProtectionOfficer: null,
    masterKeyFile: join(folder, 'keys', 'master.key'),
    trustedProxies: [],
    tls: null,
    acme: null,
    clientCertificateHeader: null,
    mail: null,
    witnesses: [],
    scanner: null,
    telemetry: { host: '127.0.0.1', otlp: null, otlpHeaders: {}, port: null, token: null, traceShare: 0.1 },
    timeStamps: null,
    witnessedLogs: [],
    masterKey: { kind: 'file' },
    logLevel: 'info',
  })
})

it('lets the environment win over the file', () => {
  file(JSON.stringify({ port: 4000, host: '0.0.0.0' }))
  expect(readConfig({ ART32_DATA: folder, ART32_PORT: '5000' })).toMatchObject({ port: 5000, host: '0.0.0.0' })
})

it('names the key, its variable and the problem of a bad value', () => {
  expect(() => readConfig({ ART32_DATA: folder, ART32_PORT: '70000' })).toThrow(/port \(ART32_PORT\)/)
  expect(() => readConfig({ ART32_DATA: folder, ART32_URL: 'ftp://example.com' })).toThrow(/publicUrl \(ART32_URL\)/)
  expect(() => readConfig({ ART32_DATA: folder, ART32_LOG: 'loud' })).toThrow(/logLevel \(ART32_LOG\)/)
})

it('refuses a file that is no JSON, and a key that it does not know', () => {
  file('{')
  expect(() => readConfig({ ART32_DATA: folder })).toThrow(/not valid JSON/)
  file('{"prot": 1}')
  expect(() => readConfig({ ART32_DATA: folder })).toThrow(/unknown key prot.*port/)
})

it('drops the slash at the end of the public address', () => {
  expect(readConfig({ ART32_DATA: folder, ART32_URL: 'https://art32.example.com/' }).publicUrl).toBe(
    'https://art32.example.com',
  )
})

it('takes proxies by address and range, and refuses what is none', () => {
  const read = (value: string) => readConfig({ ART32_DATA: folder, ART32_TRUSTED_PROXIES: value }).trustedProxies
  expect(read('10.0.0.0/8, 192.0.2.1,2001:db8::/32')).toEqual(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'])
  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/', '*', '10.0.0.0/8/8', '::1/129'])
    expect(() => read(wrong)).toThrow(/trustedProxies \(ART32_TRUSTED_PROXIES\)/)
  file(JSON.stringify({ trustedProxies: ['192.0.2.7'] }))
  expect(readConfig({ ART32_DATA: folder }).trustedProxies).toEqual(['192.0.2.7'])
})

it('speaks TLS only with a certificate and its key', () => {
  const read = (more: Record<string, string>) => readConfig({ ART32_DATA: folder, ...more }).tls
  const whole = { ART32_TLS_CERTIFICATE: 'a.pem', ART32_TLS_KEY: 'a.key' }
  expect(read(whole)).toEqual({
    certificateFile: 'a.pem',
    keyFile: 'a.key',
    port: 3443,
    minVersion: 'TLSv1.2',
    redirectPort: null,
    clientPort: null,
    clientAuthorityFile: null,
  })
  expect(() => read({ ART32_TLS_CERTIFICATE: 'a.pem' })).toThrow(/ART32_TLS_KEY/)
  expect(() => read({ ART32_CLIENT_CERTIFICATE_PORT: '3444' })).toThrow(/ART32_TLS_CERTIFICATE/)
  expect(() => readConfig({ ART32_DATA: folder, ART32_CLIENT_CERTIFICATE_HEADER: 'X-Mine' })).toThrow(
    /ART32_CLIENT_CERTIFICATE_HEADER/,
  )
})

it('orders certificates only where the terms were agreed to by a word of their own', () => {
  const read = (more: Record<string, string>) => readConfig({ ART32_DATA: folder, ...more })
  const whole = { ART32_ACME: 'agreed', ART32_URL: 'https://toms.example.com', ART32_REDIRECT_PORT: '80' }
  expect(read(whole).acme).toEqual({
    directory: 'https://acme-v02.api.letsencrypt.org/directory',
    name: 'toms.example.com',
    contact: null,
    binding: null,
    authorityFile: null,
    folder: join(folder, 'tls'),
  })
  const served = join(folder, 'tls', 'served.pem')
  expect(read(whole).tls).toMatchObject({ certificateFile: served, keyFile: served, port: 3443, redirectPort: 80 })
  for (const word of ['yes', 'true', '1', 'agree']) expect(() => read({ ...whole, ART32_ACME: word })).toThrow(/terms/)
  for (const [variable, given] of [
    ['ART32_ACME_DIRECTORY', 'https://ca.example.com/directory'],
    ['ART32_ACME_CONTACT', 'ops@example.com'],
    ['ART32_ACME_CA', 'ca.pem'],
    ['ART32_ACME_KEY_ID', 'kid-1'],
  ] as const)
    expect(() => read({ [variable]: given })).toThrow(/ART32_ACME\).*terms/)
  expect(() => read({ ...whole, ART32_REDIRECT_PORT: '' })).toThrow(/ART32_REDIRECT_PORT.*port 80/)
  for (const url of ['', 'http://toms.example.com', 'https://192.0.2.1', 'https://[2001:db8::1]', 'https://localhost'])
    expect(() => read({ ...whole, ART32_URL: url })).toThrow(/ART32_URL/)
  expect(() => read({ ...whole, ART32_TLS_CERTIFICATE: 'a.pem', ART32_TLS_KEY: 'a.key' })).toThrow(/one of both/)
  expect(() => read({ ...whole, ART32_ACME_DIRECTORY: 'http://ca.example.com/directory' })).toThrow(/ACME_DIRECTORY/)
  expect(() => read({ ...whole, ART32_ACME_KEY_ID: 'kid-1' })).toThrow(/belong together/)
  const binding = { ART32_ACME_KEY_ID: 'kid-1', ART32_ACME_KEY_SECRET: 'c2VjcmV0IG9mIGEgY3VzdG9tZXI' }
  expect(read({ ...whole, ...binding }).acme?.binding).toEqual({ id: 'kid-1', secret: binding.ART32_ACME_KEY_SECRET })
})

it('reaches a database on another machine by TLS only', () => {
  const url = (address: string) => readConfig({ ART32_DATA: folder, ART32_DATABASE_URL: address }).databaseUrl
  for (const here of [
    'postgres://art32:x@localhost/art32',
    'postgres://art32:x@127.0.0.1:5433/art32',
    'postgres://art32:x@[::1]/art32',
    'postgres://art32:x@localhost/art32?host=%2Frun%2Fpostgresql',
    'postgres://art32:x@db.example.com/art32?sslmode=verify-full',
  ])
    expect(url(here)).toBe(here)
  for (const bare of [
    'postgres://art32:x@db.example.com/art32',
    'postgres://art32:x@db.example.com/art32?sslmode=disable',
    'postgres://art32:x@db.example.com/art32?sslmode=prefer',
    'postgres://art32:x@db.example.com/art32?sslmode=no-verify',
    'postgres://art32:x@127.0.0.1.example.com/art32',
    'postgres://art32:x@localhost/art32?host=db.example.com',
    'postgres://art32:x@10.0.0.5/art32',
  ])
    expect(() => url(bare)).toThrow(/databaseUrl \(ART32_DATABASE_URL\).*sslmode=verify-full/)
})

it('takes a mail server with its writer, and neither without the other', () => {
  const read = (url?: string, from?: string) =>
    readConfig({ ART32_DATA: folder, ART32_SMTP_URL: url, ART32_MAIL_FROM: from }).mail
  const url = 'smtp://user:pa%20ss@mail.example.com:587'
  expect(read(url, 'art32 <art32@example.com>')).toEqual({ url, from: 'art32 <art32@example.com>' })
  expect(() => read(url)).toThrow(/mailFrom \(ART32_MAIL_FROM\).*missing, although ART32_SMTP_URL/)
  expect(() => read(undefined, 'a@example.com')).toThrow(/smtpUrl \(ART32_SMTP_URL\).*missing/)
  for (const from of ['a@example.com, b@example.com', 'art32', 'x\r\nBcc: c@example.com <a@example.com>'])
    expect(() => read(url, from), from).toThrow(/ART32_MAIL_FROM.*one address/)
  for (const bad of ['http://mail.example.com', 'mail.example.com:587'])
    expect(() => read(bad, 'a@example.com'), bad).toThrow(/ART32_SMTP_URL.*must be smtp/)
  for (const bad of ['smtp://user@mail.example.com', 'smtp://mail.example.com/?x=1', 'smtp://u:%zz@mail.example.com'])
    expect(() => read(bad, 'a@example.com'), bad).toThrow(/must be an address with a host/)
})

it('takes witnesses by key and address, and refuses what is none', () => {
  const vkey = (name: string, type: 0x01 | 0x04 = 0x04) =>
    formatVkey(verifierKey(ledgerCrypto, { name, type, publicKey: new Uint8Array(32).fill(7) }))
  const [first, second] = [vkey('example.org/w'), vkey('example.net/w')]
  const read = (witnesses: string) => readConfig({ ART32_DATA: folder, ART32_WITNESSES: witnesses }).witnesses
  expect(read(`${first} https://witness.example.org/, ${second}  http://10.0.0.7:8032/w\n`)).toMatchObject([
    { vkey: first, key: { name: 'example.org/w' }, address: 'https://witness.example.org' },
    { vkey: second, address: 'http://10.0.0.7:8032/w' },
  ])
  for (const [text, problem] of [
    [first, 'its verifier key, a space, and its'],
    [`${first} ftp://example.org`, 'http'],
    [`${first} https://user:secret@example.org`, 'http'],
    [`${first} https://example.org https://example.org`, 'http'],
    [`${first.replace('+', '+0')} https://example.org`, 'verifier key'],
    [`${vkey('example.org/w', 0x01)} https://example.org`, 'no Ed25519 key of a witness'],
    [`${first} https://example.org,${first} https://example.net`, 'twice'],
  ] as const) {
    expect(() => read(text), text).toThrow(/witnesses \(ART32_WITNESSES\)/)
    expect(() => read(text), text).toThrow(problem)
    expect(() => read(text), text).not.toThrow('secret')
  }
})

it('reads the time-stamping authority with the file of its root, and says what is wrong with it', () => {
  const root = join(folder, 'root.pem')
  writeFileSync(root, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  const read = (timeStamps: string) => readConfig({ ART32_DATA: folder, ART32_TSA: timeStamps }).timeStamps
  expect(read('')).toBeNull()
  expect(read(` https://tsa.example.com/tsr  ${root}\n`)).toMatchObject({
    address: 'https://tsa.example.com/tsr',
    host: 'tsa.example.com',
    roots: expect.stringContaining('AAAA'),
  })
  writeFileSync(join(folder, 'empty.pem'), '')
  for (const [text, problem] of [
    ['https://tsa.example.com', 'the file of its root certificate'],
    [`ftp://tsa.example.com ${root}`, 'http'],
    [`https://user:secret@tsa.example.com ${root}`, 'http'],
    [`https://tsa.example.com ${join(folder, 'missing.pem')}`, 'cannot be read'],
    [`https://tsa.example.com ${join(folder, 'empty.pem')}`, 'holds none'],
  ] as const) {
    expect(() => read(text), text).toThrow(/timeStamps \(ART32_TSA\)/)
    expect(() => read(text), text).toThrow(problem)
    expect(() => read(text), text).not.toThrow('secret')
  }
})

it('keeps the secrets of figures and traces out of the settings file, and leaves no port of figures open', () => {
  const read = (more: Record<string, string>) => readConfig({ ART32_DATA: folder, ...more }).telemetry
  file(JSON.stringify({ metricsPort: 9464, otlp: 'http://127.0.0.1:4318/' }))
  expect(read({ ART32_OTLP_HEADERS: 'authorization=Basic YQ==, x-scope = a ' })).toMatchObject({
    port: 9464,
    otlp: 'http://127.0.0.1:4318',
    otlpHeaders: { authorization: 'Basic YQ==', 'x-scope': 'a' },
  })
  expect(() => read({ ART32_METRICS_HOST: '0.0.0.0' })).toThrow('ART32_METRICS_TOKEN')
  expect(() => read({ ART32_METRICS_TOKEN: 'short' })).toThrow('32 characters')
  expect(() => read({ ART32_TRACE_SHARE: '2' })).toThrow('ART32_TRACE_SHARE')
  file(JSON.stringify({ metricsToken: 'x'.repeat(32) }))
  expect(() => read({})).toThrow('metricsToken')
  file('{}')
})

it('keeps the log of the database only where it is the embedded one and a place for backups is set', () => {
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'
  const places = { ART32_BACKUP_RECIPIENTS: recipient, ART32_BACKUP_TARGET: '/mnt/backup' }
  const read = (more: Record<string, string>) =>
    readConfig({ ART32_DATA: folder, ART32_BACKUP_CONTINUOUS: 'on', ...more }).backup.continuous
  expect(read(places)).toBe(true)
  expect(readConfig({ ART32_DATA: folder, ...places }).backup.continuous).toBe(false)
  expect(() => read({})).toThrow(/ART32_BACKUP_CONTINUOUS.*ART32_BACKUP_TARGET/)
  expect(() => read({ ...places, ART32_DATABASE_URL: 'postgresql://a@localhost/a' })).toThrow(
    /ART32_BACKUP_CONTINUOUS.*ART32_DATABASE_URL/,
  )
  expect(() => read({ ...places, ART32_DATABASE_SERVERS: 'second=postgresql://a@localhost/a' })).toThrow(
    /ART32_BACKUP_CONTINUOUS.*ART32_DATABASE_SERVERS/,
  )
  expect(() => read({ ...places, ART32_BACKUP_CONTINUOUS: 'yes' })).toThrow(/ART32_BACKUP_CONTINUOUS/)
})
