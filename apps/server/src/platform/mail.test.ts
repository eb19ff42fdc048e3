import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { issue } from '@art32/probes/testing'
import { openMailer, writerOf } from './mail.ts'
import type { Letter } from './letter.ts'
import type { MailOptions } from './mail.ts'

const authority = issue({ name: 'Test CA', authority: true })
const good = issue({ hosts: ['mail.example.com'], issuer: authority })
const elsewhere = issue({ hosts: ['other.example.com'], issuer: authority })
const nobody = issue({ hosts: ['mail.example.com'] })

const ending: (() => void)[] = []
afterEach(() => {
  for (const end of ending.splice(0)) end()
})

interface Received {
  readonly to: readonly string[]
  readonly raw: string
}

/** A real SMTP server on a free port. */
async function serve(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = []
  const smtp = new SMTPServer({
    key: good.key,
    cert: good.certificate,
    onAuth: ({ username, password }, _session, done) =>
      username === 'art32' && password === 'p w' ? done(null, { user: 'art32' }) : done(new Error('no')),
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
        })
        done()
      })
    },
    ...options,
  })
  smtp.on('error', () => undefined)
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  ending.push(() => smtp.close())
  return { port: (smtp.server.address() as AddressInfo).port, received }
}

/** A mailer that believes the server stands far away as mail.example.com. */
function mailerTo(port: number, options: MailOptions = {}, url = 'smtp://art32:p%20w@mail.example.com') {
  const dial = () => connect(port, '127.0.0.1')
  const mailer = openMailer(
    { url, from: 'art32 <art32@example.com>' },
    { trust: authority.certificate, dial, ...options },
  )
  ending.push(() => mailer.close())
  return mailer
}

const letter: Letter = {
  to: 'reader@example.org',
  language: 'de',
  subject: 'Prüfung & Grüße',
  paragraphs: ['Ein <b>Absatz</b> & mehr.', 'Zweiter "Absatz".'],
  action: { label: 'Öffnen', url: 'https://toms.example.com/?a=1&b=2' },
}

describe('a letter', () => {
  it('goes out by STARTTLS, with sign-in, as text and HTML in one', async () => {
    const { port, received } = await serve()
    await mailerTo(port).send({ ...letter, id: 'a1' })
    const [{ to, raw } = { to: [], raw: '' }] = received
    expect(to).toEqual(['reader@example.org'])
    expect(raw).toMatch(/^From: art32 <art32@example\.com>$/im)
    expect(raw).toMatch(/^To: reader@example\.org$/im)
    expect(raw).toMatch(/^Message-ID: <a1@example\.com>$/im)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated$/im)
    expect(raw).toContain('text/plain')
    expect(raw).toContain('text/html')
    expect(raw).not.toMatch(/^List-Unsubscribe/im)
    const html = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=')
    expect(html).toContain('&lt;b&gt;Absatz&lt;/b&gt; &amp; mehr.')
    expect(html).toContain('href="https://toms.example.com/?a=1&amp;b=2"')
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).not.toMatch(/<img|<link|src=|background/i)
  })

  it('says how to get no more only where the reader may choose, by one click only over https', async () => {
    const { port, received } = await serve()
    const mailer = mailerTo(port)
    await mailer.send({ ...letter, unsubscribe: { label: 'No more', url: 'https://toms.example.com/unsubscribe?t=1' } })
    await mailer.send({ ...letter, unsubscribe: { label: 'No more', url: 'http://localhost:3232/unsubscribe?t=1' } })
    expect(received[0]?.raw).toMatch(/^List-Unsubscribe: <https:\/\/toms\.example\.com\/unsubscribe\?t=1>$/im)
    expect(received[0]?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im)
    expect(received[1]?.raw).not.toMatch(/^List-Unsubscribe/im)
    expect(received[1]?.raw).toContain('http://localhost:3232/unsubscribe')
  })

  it('goes out by implicit TLS with smtps', async () => {
    const { port, received } = await serve({ secure: true })
    const mailer = openMailer(
      { url: `smtps://art32:p%20w@localhost:${port}`, from: 'art32@example.com' },
      { trust: authority.certificate },
    )
    ending.push(() => mailer.close())
    await expect(mailer.send(letter)).rejects.toMatchObject({ code: 'mail.not_protected' })
    const named = await serve({ secure: true, ...asPem(issue({ hosts: ['localhost'], issuer: authority })) })
    const right = openMailer(
      { url: `smtps://art32:p%20w@localhost:${named.port}`, from: 'art32@example.com' },
      { trust: authority.certificate },
    )
    ending.push(() => right.close())
    await right.send(letter)
    expect([received.length, named.received.length]).toEqual([0, 1])
  })

  it('goes to a server on this machine without TLS', async () => {
    const { port, received } = await serve({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
    const mailer = openMailer({ url: `smtp://art32:p%20w@127.0.0.1:${port}`, from: 'art32@example.com' })
    ending.push(() => mailer.close())
    await mailer.send(letter)
    expect(received).toHaveLength(1)
  })
})

const asPem = ({ key, certificate }: { key: string; certificate: string }) => ({ key, cert: certificate })

describe('a mail server that is not what it should be', () => {
  it('gets neither password nor letter without STARTTLS', async () => {
    const { port, received } = await serve({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
    await expect(mailerTo(port).send(letter)).rejects.toMatchObject({ code: 'mail.not_protected' })
    expect(received).toEqual([])
  })

  it.each([
    ['of another name', elsewhere],
    ['that nobody signed', nobody],
  ])('gets nothing with a certificate %s', async (_, certificate) => {
    const { port, received } = await serve(asPem(certificate))
    await expect(mailerTo(port).send(letter)).rejects.toMatchObject({ code: 'mail.not_protected' })
    expect(received).toEqual([])
  })

  it('is told apart by what it answers', async () => {
    const answer = (status: number) => ({
      onRcptTo: (_address: unknown, _session: unknown, done: (error: Error) => void) =>
        done(Object.assign(new Error('no'), { responseCode: status })),
    })
    const to = async (options: SMTPServerOptions) => mailerTo((await serve(options)).port).send(letter)
    await expect(to(answer(451))).rejects.toMatchObject({ code: 'mail.deferred', params: { status: 451 } })
    await expect(to(answer(550))).rejects.toMatchObject({ code: 'mail.refused', params: { status: 550 } })
    await expect(
      mailerTo((await serve()).port, {}, 'smtp://art32:wrong@mail.example.com').send(letter),
    ).rejects.toMatchObject({ code: 'mail.sign_in' })
  })

  it('is given up on when it never answers, or is not there', async () => {
    const open: Socket[] = []
    const silent = createServer((socket) => void open.push(socket))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    ending.push(() => {
      for (const socket of open) socket.destroy()
      silent.close()
    })
    const { port } = silent.address() as AddressInfo
    await expect(mailerTo(port, { patienceMs: 200 }).send(letter)).rejects.toMatchObject({ code: 'mail.unreachable' })
    await expect(mailerTo(1).send(letter)).rejects.toMatchObject({ code: 'mail.unreachable' })
  })
})

describe('headers', () => {
  it.each([
    ['two addresses', { to: 'a@example.org, b@example.org' }],
    ['a header behind the address', { to: 'a@example.org\r\nBcc: b@example.org' }],
    ['a name around the address', { to: 'b <a@example.org>' }],
    ['NUL in the address', { to: 'a@example.org\0' }],
    ['a comment', { to: 'a@example.org(b@example.org)' }],
    ['a group', { to: 'all:a@example.org,b@example.org;' }],
    ['a line end in the subject', { subject: 'x\r\nBcc: b@example.org' }],
    ['a bare line feed in the subject', { subject: 'x\nBcc: b@example.org' }],
    ['a line separator in the subject', { subject: 'x\u2028Bcc: b@example.org' }],
    ['a line end in the id', { id: 'x>\r\nBcc: b@example.org' }],
  ])('cannot be added by %s', async (_, change) => {
    const { port, received } = await serve()
    await expect(mailerTo(port).send({ ...letter, ...change })).rejects.toMatchObject({ code: 'mail.bad_letter' })
    expect(received).toEqual([])
  })

  it('cannot be added by the address to unsubscribe at', async () => {
    const { port, received } = await serve()
    const url = 'https://toms.example.com/x>\r\nBcc: b@example.org'
    await mailerTo(port).send({ ...letter, unsubscribe: { label: 'No more', url } })
    expect(received[0]?.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im)
    expect(received[0]?.to).toEqual(['reader@example.org'])
  })

  it('name one writer', () => {
    expect(writerOf('art32 <art32@example.com>')).toEqual({ name: 'art32', address: 'art32@example.com' })
    expect(writerOf('art32@example.com')).toEqual({ name: '', address: 'art32@example.com' })
    expect(writerOf('a@example.com, b@example.com')).toBeNull()
  })
})

it('sends nothing without a mail server', async () => {
  const mailer = openMailer(null)
  expect(mailer.isSet).toBe(false)
  await expect(mailer.send(letter)).rejects.toMatchObject({ code: 'mail.not_set' })
})
