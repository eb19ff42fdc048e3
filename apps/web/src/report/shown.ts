import type { Output } from '../api/api.ts'

/** A report with everything that was said about it. */
export type ReportShown = Output<'report.show'>

/** An advisory with its draft. */
export type AdvisoryShown = Output<'advisory.show'>
