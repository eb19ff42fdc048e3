import { describePapers } from '../../../scripts/testing/operations/paper-suite.ts'

describePapers('de', 'a-c')
