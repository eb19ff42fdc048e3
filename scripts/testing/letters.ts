import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { openMailer } from '../../apps/server/src/platform/index.ts'
import { startTestServer } from './server.ts'
import type { Person, TestServer } from './server.ts'
import { hurry } from './hurry.ts'

/** A letter that arrived. */
export interface Mail {
  readonly to: string
  readonly raw: string
}

/** Where art32 is reached, as its letters say. */
export const letterAddress = 'https://toms.example.com'

/** A server that writes letters to a real mail server, and a tenant "alpha" whose people get them. */
export interface LetterWorld {
  readonly server: TestServer
  readonly owner: Person
  readonly editor: Person
  readonly member: Person
  received: Mail[]
  /** What the mail server answers to the next recipients, if not yes. */
  answers: number[]
  readonly choose: (person: Person, choices: Record<string, string>, more?: object) => Promise<Response>
  /** Something happens, as a look of art32 would note it. */
  readonly happens: (code: string, times?: number) => Promise<void>
  /** Lets jobs be due that wait for their hour, as the clock would. */
  readonly due: () => Promise<void>
  /** How many pieces of news wait to be told. */
  readonly waiting: () => Promise<number | undefined>
  /** As at first: nobody has chosen, nothing waits, nothing arrived. */
  clear(): Promise<void>
  stop(): Promise<void>
}

/** The path of an operation of the tenant. */
export const atAlpha = (operation: string): string => `/api/tenants/alpha/${operation.replace('.', '/')}`

/** Starts both. @param clock what art32 takes for now, where it is not the machine's clock */
export async function startLetterWorld(clock?: { readonly now: () => Date }): Promise<LetterWorld> {
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_, _session, done) {
      const status = world.answers.shift()
      done(status === undefined ? null : Object.assign(new Error('not now'), { responseCode: status }))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8').replaceAll('=\r\n', '').replaceAll('=3D', '=')
        world.received.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  const { port } = smtp.server.address() as AddressInfo
  const mailer = openMailer({ url: `smtp://127.0.0.1:${port}`, from: 'art32 <art32@example.com>' })
  const server = await startTestServer({ ART32_URL: letterAddress }, { mailer, ...(clock ? { clock } : {}) })
  for (const slug of ['this-installation', 'alpha', 'beta'])
    await server.registry.create({ name: slug === 'alpha' ? 'Alpha <b> & Co.' : slug, slug, language: 'de' })
  const world: LetterWorld = {
    server,
    owner: await server.addPerson('owner@example.com', 'alpha', 'owner'),
    editor: await server.addPerson('editor@example.com', 'alpha', 'editor'),
    member: await server.addPerson('member@example.com', 'alpha', 'member'),
    received: [],
    answers: [],
    choose: (person, choices, more = {}) =>
      person.post(atAlpha('notification.choose'), {
        choices: Object.entries(choices).map(([kind, rhythm]) => ({ kind, rhythm })),
        ...more,
      }),
    happens: (code, times = 1) =>
      server.tenants.asSystem('alpha', async ({ append, newId }) => {
        for (let n = 0; n < times; n++)
          await append({ type: 'finding.opened', about: { kind: 'finding', id: newId() }, code })
      }),
    async due() {
      const open = await server.registry.open('alpha')
      await server.ledgers.settle(open)
      await hurry(server.databases.control, 'notification.letters', open.tenant.id)
    },
    waiting: () =>
      server.tenants.asSystem('alpha', async ({ sql }) => {
        const { rows } = await sql.query<{ n: number }>('select count(*)::int as n from notification_item')
        return rows[0]?.n
      }),
    async clear() {
      await server.tenants.asSystem('alpha', async ({ sql }) => {
        await sql.query('delete from notification_item')
        await sql.query('delete from notification_choice')
      })
      world.answers = []
      world.received = []
    },
    async stop() {
      await server.stop()
      mailer.close()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
  }
  await world.clear()
  return world
}
