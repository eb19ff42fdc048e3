import { expect, test } from 'vitest'

import { onTree } from '../testing/tree.ts'
import { gates } from './all.ts'
import { serverLayerFaults } from './faults/server-layers.ts'
import { textFaults } from './faults/texts.ts'
import { toolFaults } from './faults/tools.ts'
import { workspaceLayerFaults } from './faults/workspace-layers.ts'
import { lexicon } from './lexicon.ts'

test('plants a fault for every gate', () => {
  const planted = Object.keys({ ...serverLayerFaults, ...workspaceLayerFaults, ...toolFaults, ...textFaults })
  expect(planted.toSorted()).toEqual(gates.map(({ name }) => name).toSorted())
})

test('says that it could not look where the corpus is absent', async () => {
  expect(await onTree({}, lexicon.run)).toHaveProperty('skipped')
})
