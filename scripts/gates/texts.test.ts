import { bites } from '../testing/bites.ts'
import { textFaults } from './faults/texts.ts'

bites(textFaults)
