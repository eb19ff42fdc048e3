import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fetchFile, keepFile } from '../api/download.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { courseName } from './record.ts'
import { RecordParts } from './RecordParts.tsx'

/** Everything that is on record about whoever looks, to read and to take along. */
export function OwnRecord() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const read = useRead('record.mine', {})
  const taking = useMutation({
    mutationFn: async () => keepFile(await fetchFile(tenantAddress(slug, 'record.copy', {}), 'my-record.json')),
  })
  return (
    <Loaded read={read}>
      {({ record }) =>
        record === null ? (
          <p>{t('record.notLinked')}</p>
        ) : (
          <>
            <p className="quiet">{t('record.mineText')}</p>
            <div className="actions">
              <Button loading={taking.isPending} onClick={() => taking.mutate()}>
                {t('record.copy')}
              </Button>
            </div>
            {taking.error ? (
              <p role="alert" className="bad">
                {sentenceOf(taking.error, t)}
              </p>
            ) : null}
            <h2>{record.person.name}</h2>
            <RecordParts record={record} isOwn />
            {record.tries.length === 0 ? null : (
              <section className="record-part" aria-labelledby="tries">
                <h2 id="tries">{t('record.tries')}</h2>
                <p className="note quiet">{t('record.triesText')}</p>
                <ul className="record-lines">
                  {record.tries.map((one) => (
                    <li key={one.startedAt}>
                      {courseName(one, t)}, {moment(one.startedAt, language)}:{' '}
                      {one.correct === null
                        ? t('record.unanswered')
                        : t('record.byQuiz', { correct: one.correct, asked: one.asked })}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {record.accounts.length === 0 ? null : (
              <p className="note">{t('record.accounts', { count: record.accounts.length })}</p>
            )}
          </>
        )
      }
    </Loaded>
  )
}
