/** What a process without a database may have of the public pages: how one looks, and how forms are read. */
export { followWords } from './follow-words.ts'
export { readForm } from './form.ts'
export { readReportForm } from './report-form.ts'
export { sheetPage } from './sheet.ts'
