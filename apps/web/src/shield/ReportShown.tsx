import { useTranslation } from 'react-i18next'
import { FileLine } from '../file/FileLine.tsx'
import type { FileView } from '../file/send.ts'
import { bytesIn, count } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { stepKey, warningKey } from './plan.ts'
import type { Report } from './plan.ts'
import { typeName } from './type-name.ts'

const most = 300

/** What a run found and did, in words; and what there is to take along. */
export function ReportShown({
  report,
  files,
  kind,
}: {
  report: Report
  files: readonly FileView[]
  kind: 'import' | 'filter'
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const number = (value: number) => count(value, language)
  const { classes } = report.residual
  const sum = (of: 'values' | 'changed') => report.columns.reduce((all, column) => all + column[of], 0)
  return (
    <div className="shield-report">
      <p>
        {t('shield.sum', {
          records: number(report.records),
          changed: number(sum('changed')),
          all: number(sum('values')),
          sizeIn: bytesIn(report.bytesIn, language),
          sizeOut: bytesIn(report.bytesOut, language),
        })}
      </p>
      {!classes || classes.smallest === null ? null : (
        <p>{t('shield.classes', { least: number(classes.smallest), unique: number(classes.unique) })}</p>
      )}
      <p>{report.statement[language]}</p>
      <h2>{t('shield.warnings')}</h2>
      <Warnings report={report} />
      <h2>{t('shield.found')}</h2>
      <Columns columns={report.columns} />
      <h2>{t('shield.files')}</h2>
      {kind === 'filter' ? (
        <p>{t('shield.filtered')}</p>
      ) : files.length === 0 ? (
        <p>{t('shield.noFiles')}</p>
      ) : (
        <ul className="rows">
          {files.map((file) => (
            <FileLine key={file.fileId} file={file} isRow />
          ))}
        </ul>
      )}
    </div>
  )
}

function Warnings({ report: { warnings } }: { report: Report }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (warnings.length === 0) return <p>{t('shield.noWarnings')}</p>
  return (
    <ul className="shield-warnings">
      {warnings.slice(0, most).map(({ code, column, figure = 0 }, place) => (
        <li key={place}>
          {t(`shield.warning.${warningKey(code)}`, {
            column: column ?? '',
            figure: count(code === 'frequent-value' ? Math.round(figure * 1_000) / 10 : figure, language),
          })}
        </li>
      ))}
    </ul>
  )
}

/** What was done with each column, and what stood inside of it. */
export function Columns({
  columns,
}: {
  columns: readonly Pick<Report['columns'][number], 'name' | 'type' | 'did' | 'values' | 'changed' | 'found'>[]
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <table className="shield-table">
      <thead>
        <tr>
          <th scope="col">{t('shield.column')}</th>
          <th scope="col">{t('shield.do')}</th>
          <th scope="col">{t('shield.values')}</th>
          <th scope="col">{t('shield.changed')}</th>
          <th scope="col">{t('shield.foundIn')}</th>
        </tr>
      </thead>
      <tbody>
        {columns.slice(0, most).map((column) => (
          <tr key={column.name}>
            <th scope="row">{column.name}</th>
            <td data-label={t('shield.do')}>
              {column.type === null ? '' : `${typeName(column.type, t)}: `}
              {t(`shield.does.${stepKey(column.did)}`)}
            </td>
            <td data-label={t('shield.values')}>{count(column.values, language)}</td>
            <td data-label={t('shield.changed')}>{count(column.changed, language)}</td>
            <td data-label={t('shield.foundIn')}>
              {Object.entries(column.found)
                .map(([type, found]) => `${typeName(type, t)} ${count(found, language)}`)
                .join(', ') || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
