import { expect, test } from 'vitest'

import { methodOf, pathOf } from '../apps/server/src/http/index.ts'
import { allOperations } from '../apps/server/src/operations.ts'
import { addressOf, reads } from '../apps/web/src/api/request.ts'

const operations = allOperations({} as Parameters<typeof allOperations>[0]).filter(({ kind }) => kind === 'json')

test.each(operations)('the workplace asks for $id as the server offers it', (operation) => {
  const slug = operation.scope === 'tenant' ? 'alpha' : null
  expect([reads(operation.id) ? 'get' : 'post', addressOf(operation.id, slug, {})]).toEqual([
    methodOf(operation),
    pathOf(operation).replace('{tenant}', 'alpha'),
  ])
})
