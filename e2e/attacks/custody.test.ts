import { importForged, importRights } from './custody.ts'
import { attackSuite } from './suite.ts'

attackSuite('exports and imports', [importForged, importRights])
