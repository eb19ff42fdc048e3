import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Api } from '../api/api.ts'
import { Unreadable } from '../engine/reading.ts'
import { forgeFacts } from './facts.ts'
import { query } from './graphql.ts'
import {
  deployedFrom,
  deployedOf,
  environmentsOf,
  installationsOf,
  pageOfEnvironments,
  pageOfInstallations,
} from './questions.ts'
import { app, version } from './vendor.ts'

/** An interface that gives one answer, parsed as the real one parses. */
const answering = (answer: unknown): Api => {
  const never = () => Promise.reject(new Error('not asked here'))
  return {
    get: never,
    find: never,
    text: never,
    list: never,
    post: ({ schema }) => {
      const parsed = schema.safeParse(answer)
      return parsed.success ? Promise.resolve(parsed.data) : Promise.reject(new Unreadable('contract', 'another form'))
    },
  }
}

/** What comes out of an answer: facts that hold what is promised, or a reason. */
async function outcome(answer: unknown): Promise<string[]> {
  const api = answering(answer)
  const each = [
    query(api, environmentsOf(app)).then((page) => forgeFacts.environments.parse(pageOfEnvironments(page).items)),
    query(api, installationsOf(app)).then((page) => pageOfInstallations(page).items.length >= 0),
    query(api, deployedOf(app, 'production')).then((found) => forgeFacts.deployed.parse(deployedFrom(found))),
  ]
  return await Promise.all(
    each.map((one) =>
      one.then(
        () => 'facts',
        (error: unknown) => (error instanceof Unreadable ? error.reason.why : 'crash'),
      ),
    ),
  )
}

describe('an answer of GraphQL', () => {
  it('becomes facts or a reason, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (answer) => {
        expect(await outcome(answer)).not.toContain('crash')
      }),
    )
  })

  it('becomes facts or a reason, whatever is changed in a real one', async () => {
    const change = fc.tuple(fc.constantFrom(...Object.keys(version())), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(change, async ([field, value]) => {
        const changed = { ...version(), [field]: value }
        const found = await outcome({ data: { app: { environmentByKey: { versions: { nodes: [changed] } } } } })
        expect(found).not.toContain('crash')
      }),
    )
  })

  it('with errors is never an answer', async () => {
    const data = { app: { environmentByKey: { versions: { nodes: [version()] } } } }
    expect(await outcome({ data })).toEqual(['contract', 'denied', 'facts'])
    expect(await outcome({ data, errors: [] })).toEqual(['contract', 'denied', 'facts'])
    expect(await outcome({ data, errors: [{ extensions: { statusCode: 403 } }] })).toEqual([
      'denied',
      'denied',
      'denied',
    ])
  })
})
