/** What a process without a database may know of this module: what its public form takes. */
export { mostFilesAtOnce, mostFormBytes, Reporting as ReportForm } from './said.ts'
