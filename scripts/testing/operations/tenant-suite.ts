import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  casesOf,
  expectAll,
  expectConfirmationAsked,
  expectIdsRefused,
  expectUnknownFieldsRefused,
  send,
} from './cases.ts'
import type { Case } from './cases.ts'
import { aGuest } from './room.ts'
import { cookiesOf, must, openWorld } from './world.ts'
import type { World } from './world.ts'
import { permissionsOf, roles } from '../../../apps/server/src/kernel/index.ts'
import type { Permission } from '../../../apps/server/src/kernel/index.ts'

let world: World
let cases: readonly Case[]

async function tokenFor(permissions: readonly Permission[]): Promise<{ authorization: string }> {
  const wish = { tenant: 'alpha', name: 'pipeline', permissions }
  const { token } = await must<{ token: string }>(world.owners.alpha, 'token.create', wish)
  return { authorization: `Bearer ${token}` }
}

/** A third of the operations, by their ids; a file each, so that each takes a few seconds. */
export type Third = 'a-e' | 'f-o' | 'p-z'
const isIn: Readonly<Record<Third, (id: string) => boolean>> = {
  'a-e': (id) => id < 'f',
  'f-o': (id) => id >= 'f' && id < 'p',
  'p-z': (id) => id >= 'p',
}

/** Starts what the tests of this file work in. */
function open(third: Third): void {
  beforeAll(async () => {
    world = await openWorld()
    cases = await casesOf(
      world,
      world.server.operations.filter(({ id, scope }) => scope === 'tenant' && isIn[third](id)),
    )
  })
  afterAll(() => world.server.stop())
}

/** What holds for every operation of a tenant: what it answers to strangers, and to what it does not know. */
export function describeStrangers(third: Third): void {
  open(third)
  describe('every operation in a tenant', () => {
    it("answers another tenant's id and one of nothing alike, with a refusal that it declares", () =>
      expectIdsRefused(cases))

    it("answers another tenant's person, and another tenant's token, as if there were no such tenant", async () => {
      const stranger = cookiesOf(world.owners.beta)
      const token = await tokenFor(permissionsOf('owner'))
      await expectAll(cases, '404 tenant.not_found', (one) => send(one, stranger))
      await expectAll(cases, '404 tenant.not_found', (one) => send(one, token, 'beta'))
      await expectAll(cases, '404 tenant.not_found', (one) => send(one, cookiesOf(one.me), 'nobodys'))
    })

    it('refuses who is signed out', () => expectAll(cases, '401 http.signed_out', (one) => send(one, {})))

    it('refuses fields that it does not know', () => expectUnknownFieldsRefused(cases))

    it('refuses every role without the permission it needs', async () => {
      for (const role of roles.slice(1)) {
        const person = cookiesOf(await world.person('alpha', role))
        const beyond = cases.filter(({ operation: { needs } }) => needs && !permissionsOf(role).includes(needs))
        await expectAll(beyond, '403 http.forbidden', (one) => send(one, person))
      }
    })
  })
}

/** What holds for every operation of a tenant: permissions, confirmation, guests and tokens. */
export function describePermissions(third: Third): void {
  open(third)
  describe('every operation in a tenant', () => {
    it('is not there for the guest of a room, but for those of rooms', async () => {
      const mayAsGuest = ({ operation: { needs } }: Case) => needs !== null && permissionsOf('guest').includes(needs)
      const ofRooms = cases.filter(mayAsGuest)
      expect(ofRooms.map(({ operation: { id } }) => id).filter((id) => !id.startsWith('room.'))).toEqual([])
      const guest = cookiesOf(await aGuest(world.owners.alpha))
      const others = cases.filter((one) => !mayAsGuest(one))
      await expectAll(others, '404 tenant.not_found', (one) => send(one, guest))
      // Not even these are there in another tenant.
      if (third === 'p-z') await expectAll(ofRooms, '404 tenant.not_found', (one) => send(one, guest, 'beta'))
    })

    it('refuses a token that carries all permissions but the one it needs', async () => {
      for (const needed of permissionsOf('owner')) {
        const token = await tokenFor(permissionsOf('owner').filter((one) => one !== needed))
        const beyond = cases.filter(({ operation }) => operation.needs === needed)
        if (beyond.length > 0) await expectAll(beyond, '403 http.forbidden', (one) => send(one, token))
      }
    })

    it('needs a permission', () => {
      expect(cases.filter(({ operation: { needs } }) => needs === null).map(({ operation: { id } }) => id)).toEqual([])
    })

    it('asks again before what is dangerous, tokens too, and strangers nothing', async () => {
      const token = await tokenFor(permissionsOf('owner'))
      const dangerous = cases.filter(({ operation }) => operation.stepUp)
      await expectAll(dangerous, '403 account.confirm_needed', (one) => send(one, token))
      await expectConfirmationAsked(world, cases)
      await expectAll(dangerous, '404 tenant.not_found', (one) => send(one, cookiesOf(world.owners.beta)))
    })
  })
}
