import { describePapers } from '../../../scripts/testing/operations/paper-suite.ts'

describePapers('en', 'd-f')
