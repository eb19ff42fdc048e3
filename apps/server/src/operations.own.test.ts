import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  casesOf,
  expectAll,
  expectConfirmationAsked,
  expectIdsRefused,
  expectUnknownFieldsRefused,
  send,
} from '../../../scripts/testing/operations/cases.ts'
import type { Case } from '../../../scripts/testing/operations/cases.ts'
import { table } from '../../../scripts/testing/operations/table.ts'
import { cookiesOf, must, openWorld } from '../../../scripts/testing/operations/world.ts'
import type { World } from '../../../scripts/testing/operations/world.ts'
import { issue } from '../../../scripts/testing/tls.ts'
import { permissionsOf } from './kernel/index.ts'

let world: World
let cases: readonly Case[]

beforeAll(async () => {
  // Whoever asks from this machine hands certificates over, as a proxy does.
  world = await openWorld({
    ART32_TRUSTED_PROXIES: '127.0.0.1,::1',
    ART32_CLIENT_CERTIFICATE_HEADER: 'X-SSL-Client-Cert',
  })
  cases = await casesOf(
    world,
    world.server.operations.filter(({ scope }) => scope !== 'tenant'),
  )
})
afterAll(() => world.server.stop())

describe('every operation outside tenants', () => {
  it("answers somebody else's id and one of nothing alike, with a refusal that it declares", () =>
    expectIdsRefused(cases))

  it('refuses who is signed out, unless it is for everybody', async () => {
    const closed = cases.filter(({ operation }) => operation.scope !== 'public')
    await expectAll(closed, '401 http.signed_out', (one) => send(one, {}))
  })

  it('refuses fields that it does not know', () => expectUnknownFieldsRefused(cases))

  it('refuses owners of a tenant where it is for the operator', async () => {
    const owner = cookiesOf(world.owners.alpha)
    const found = new Set<string>()
    for (const one of cases.filter(({ operation }) => table[operation.id]?.by === 'operator')) {
      const { status, code } = await send(one, owner)
      found.add(`${status} ${code}`)
    }
    // Whoever may manage a tenant of their own learns not even that another one is there.
    expect([...found].toSorted()).toEqual([
      '403 access.not_operator',
      '403 privacy.not_operator',
      '404 tenant.not_found',
    ])
  })

  it('opens to no token', async () => {
    const wish = { tenant: 'alpha', name: 'pipeline', permissions: permissionsOf('owner') }
    const { token } = await must<{ token: string }>(world.owners.alpha, 'token.create', wish)
    await expectAll(cases, '403 http.token_confined', (one) => send(one, { authorization: `Bearer ${token}` }))
  })

  it('changes no account by a certificate, and does nothing dangerous', async () => {
    const { certificate } = issue({ name: 'program.example' })
    await must(world.owners.alpha, 'certificate.add', { name: 'program', pem: certificate })
    const shown = { 'x-ssl-client-cert': encodeURIComponent(certificate), origin: world.server.url }
    const closed = cases.filter(({ operation: { changes, scope } }) => changes && scope === 'installation')
    const ofTenants = closed.filter(({ operation }) => operation.id.startsWith('tenant.'))
    const own = closed.filter((one) => !ofTenants.includes(one))
    await expectAll(own, '403 http.certificate_confined', (one) => send(one, shown))
    const dangerous = ofTenants.filter(({ operation }) => operation.stepUp)
    await expectAll(dangerous, '403 account.confirm_needed', (one) => send(one, shown))
  })

  it('asks again before what is dangerous', () => expectConfirmationAsked(world, cases))
})
