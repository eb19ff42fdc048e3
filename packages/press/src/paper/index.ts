/**
 * Papers: every document of an organisation beside its editions, as one model.
 *
 * A guideline, the record of a duty, a register, a letter or a certificate is a {@link Paper}: fields, texts, lists, tables,
 * signatures. It is complete, so the same paper gives the same bytes, as PDF/UA-1, as a Word document, or as a page. Text of
 * others is content everywhere, never markup. No heading stands over nothing, and an empty value is said to be one.
 *
 * @source PDF/UA-1 (ISO 14289-1) · ISO/IEC 29500 (Word documents)
 */
export { renderPaperDocx } from './docx.ts'
export { paperBody, renderPaperPage } from './page.ts'
export { checkPaper, PaperError, paperLimits } from './paper.ts'
export type {
  Paper,
  PaperBlock,
  PaperCell,
  PaperColumn,
  PaperField,
  PaperItem,
  PaperList,
  PaperProof,
  PaperRun,
  PaperSign,
  PaperSignature,
  PaperTable,
  PaperText,
} from './paper.ts'
export { renderPaperPdf } from './pdf.ts'
export { blocksOfText } from './text.ts'
export { paperRows } from './rows.ts'
