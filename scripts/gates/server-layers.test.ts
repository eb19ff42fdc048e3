import { bites } from '../testing/bites.ts'
import { serverLayerFaults } from './faults/server-layers.ts'

bites(serverLayerFaults)
