import { bites } from '../testing/bites.ts'
import { workspaceLayerFaults } from './faults/workspace-layers.ts'

bites(workspaceLayerFaults)
