import { headerInjection, hostHeader, openRedirect, oversizedBodies, pathTraversal } from './input.ts'
import { attackSuite } from './suite.ts'

attackSuite('what is sent', [hostHeader, openRedirect, pathTraversal, oversizedBodies, headerInjection])
