import { madeInput } from '../../scripts/testing/operations/made-input.ts'
import { rounds } from '../faults/tried.ts'
import type { Attack } from './attack.ts'
import { furnish } from './furnish.ts'
import { requestOf } from './target.ts'

/** Texts that end one, begin a comment, or are a place for a value: where one is pasted into SQL, the database fails. */
const texts = [
  `canary' or '1'='1`,
  `canary'); select pg_sleep(60); --`,
  `canary" or ""="`,
  `canary\\' or 1=1 --`,
  `canary $1 $2 %s %% :name`,
  `canary$$; drop table membership; $$`,
  `canary'/*`,
  `canary\u02bc or 1=1`,
]

/** What takes or gives gigabytes ends the connection where it refuses. */
const notHere = new Set(['tenant.import', 'tenant.export'])
/** Ends the session or the tenant that the attack works with. */
const ending = new Set(['account.end_others', 'account.delete', 'tenant.delete', 'tenant.suspend', 'ledger.rotate_key'])

/** Wherever a text goes: in fields that take any text, in fields that take another form, in the path. */
export const sqlInjection: Attack = {
  id: 'sql-injection',
  title: 'no text that is sent becomes SQL',
  weaken: [
    {
      file: 'apps/server/src/tenant/store.ts',
      from: `['tenant', 't.slug = $1 or t.public_id = $1']`,
      to: "[`tenant ${slugOrId}`, `t.slug = '${slugOrId}' or t.public_id = $1`]",
    },
  ],
  async run(target, tally) {
    const { ids } = await furnish(target)
    const cookie = await target.signIn('owner')
    const some = texts.slice(0, rounds(1, texts.length))
    const calls = target.operations
      .filter(({ id }) => !notHere.has(id) && !ending.has(id))
      .flatMap((operation) => some.map((text) => ({ operation, text })))
    await tally.each(calls, async ({ operation, text }) => {
      const headers = { cookie, origin: target.url }
      const names = Object.keys(operation.input.shape)
      const asks = [
        // As it is meant to be asked, with the text wherever any text may stand.
        requestOf(operation, madeInput(operation, { given: ids, text }), 'alpha', headers),
        // The text in every field, whatever form it has.
        requestOf(operation, Object.fromEntries(names.map((name) => [name, text])), 'alpha', headers),
        requestOf(operation, madeInput(operation, { given: ids }), encodeURIComponent(text), headers),
      ]
      for (const ask of asks) {
        const { status } = await target.send(...ask)
        if (status >= 500) return `${operation.id} fails with ${status} at ${text}`
      }
      return null
    })
    const [members] = await target.query<{ count: number }>(
      'select count(*)::int as count from membership',
      [],
      'alpha',
    )
    tally.add((members?.count ?? 0) > 0 ? null : 'the members are gone')
    const failed = target.log().match(/"error":"[^"]*:42\w{3}"/g) ?? []
    tally.add(failed.length === 0 ? null : `the database did not understand what it was asked: ${failed[0]}`)
  },
}
