import { foreignPerson, foreignTenant, leftOpen, lowerRole, massAssignment, tokenElsewhere } from './access.ts'
import { attackSuite } from './suite.ts'

attackSuite('access', [foreignTenant, foreignPerson, lowerRole, tokenElsewhere, massAssignment, leftOpen])
