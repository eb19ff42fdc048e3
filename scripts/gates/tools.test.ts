import { bites } from '../testing/bites.ts'
import { toolFaults } from './faults/tools.ts'

bites(toolFaults)
