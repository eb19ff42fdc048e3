/**
 * The press: an edition of a TOM document as data in, the forms in which it is read out.
 *
 * An {@link EditionDocument} is complete: page, PDF and JSON show what it holds and look nothing up. Rendering is pure,
 * so the same edition gives the same bytes, and text of others (titles, names, statements) is content everywhere, never
 * markup. `editionFor` cuts an edition to what its readers may see; `auditEdition` compares what it claims with the records
 * that its lines cite, which is what `art32 verify` runs on a machine without server or database.
 *
 * `look` holds the design of the whole product as data. Nothing here says "certified" or "compliant": an edition is
 * self-tested, and says so.
 *
 * @source GDPR Art. 25, 28, 32 · WCAG 2.2 AA · PDF/UA-1 (ISO 14289-1)
 */
export { assurances, assuranceSigns, publicSigns, publicStateOf, publicStates } from './assurance.ts'
export type { Assurance, PublicState, Sign, Tone } from './assurance.ts'
export { editionFor } from './audience.ts'
export { auditEdition } from './audit.ts'
export type { Open, Verdict } from './audit.ts'
export { cadenceIn } from './cadence.ts'
export { changesChapter, differenceText, goalName } from './changes.ts'
export { aspects, changeKinds, compareEditions, compareMeasures, compareWords, directions } from './compare/index.ts'
export type {
  Aspect,
  Change,
  ChangeKind,
  Comparison,
  Difference,
  Direction,
  GoalLevel,
  MeasureKind,
  MeasureKinds,
  MeasureRow,
  MeasureTable,
  Run,
  Term,
} from './compare/index.ts'
export { drawFirstPage } from './first-page.ts'
export { canonicalJson, citesOf, countLines, countMapping, linesOf, renderJson } from './edition.ts'
export type {
  AgreementBacking,
  Backing,
  Block,
  Changes,
  CheckBacking,
  Confirmation,
  Counts,
  Day,
  Decision,
  EditionDocument,
  Instant,
  LeafIndex,
  LedgerHead,
  Line,
  OutcomeState,
  Part,
  Period,
  Section,
  SignOffBacking,
  StatementStatus,
  TextBlock,
  Visibility,
} from './edition.ts'
export { renderDocx } from './docx.ts'
export { formatKeys, formats, keptFormats } from './formats.ts'
export type { Format, FormatKey, KeptFormat, KeptKey, Maker } from './formats.ts'
export { followTopicNames, followTopics, followingStyle } from './following.ts'
export type { Following, FollowTopic } from './following.ts'
export { readGuidelineText } from './guideline-text.ts'
export type { TextRun } from './guideline-text.ts'
export { html, rawText } from './html.ts'
export type { Markup } from './html.ts'
export type { Language } from './language.ts'
export { accentOf, logoLimits } from './letterhead.ts'
export type { Accent, AccentFound, Letterhead, Logo } from './letterhead.ts'
export { oscalFileName, oscalModels, oscalModelsOf, renderOscal } from './oscal/index.ts'
export type { OscalDependencies, OscalMeasure, OscalModel } from './oscal/index.ts'
export { liveEdition } from './live.ts'
export type { CurrentLine, LiveEdition, LiveLine, LiveNote } from './live.ts'
export { liveNoteText } from './live-words.ts'
export { contrastRatio, contrastRules, look } from './look.ts'
export type { ContrastRule, Look, Scheme } from './look.ts'
export { newsOf, newsWords } from './news.ts'
export type { EditionNews, PromiseNews } from './news.ts'
export { pageStyle } from './page-style.ts'
export { renderMeasureTable } from './compare/report.ts'
export { renderMarkdown } from './markdown.ts'
export { renderPage } from './page.ts'
export type { Page, PageOptions } from './page.ts'
export { renderPdf, renderPdfs } from './pdf.ts'
export type { Pdfs } from './pdf.ts'
export { editionSchema, readEdition, renderSchema } from './read-edition.ts'
export { renderKept } from './render.ts'
export { EditionError } from './shape.ts'
export type { JsonSchema } from './shape.ts'
export type { AgreementRecord, ConfirmationRecord, OutcomeRecord, RecordRole, SignOffRecord } from './records.ts'
export { annexSheet } from './annex.ts'
export type { AnnexEntry, AnnexLine, AnnexOptions, AnnexSheet } from './annex.ts'
export { annexPaper } from './annex-paper.ts'
export {
  blocksOfText,
  checkPaper,
  PaperError,
  paperBody,
  paperLimits,
  paperRows,
  renderPaperDocx,
  renderPaperPage,
  renderPaperPdf,
} from './paper/index.ts'
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
} from './paper/index.ts'
export { roleIn } from './role.ts'
export { presetIds, presetOf, presets } from './preset.ts'
export type { Preset, PresetField, PresetId } from './preset.ts'
export { arrange, groupsOf, measuresOfLine, viewWords } from './view.ts'
export type { Arrangement, Group } from './view.ts'
export { limitSentences, longDay, momentOf as longMoment, shortDay } from './words.ts'
export type { Anchors } from './words.ts'
