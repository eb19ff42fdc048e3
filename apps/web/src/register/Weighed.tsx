import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { differenceText } from '../edition/difference.ts'

/** That a line promises less than the last edition, or something of which nobody can compute whether it is less. */
export function Weighed({ weighed }: { weighed: Output<'edition.weigh'> | undefined }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      {weighed?.decision === 'needed' ? (
        <div className="aside-note weighed">
          <strong>{t('line.decision', { number: weighed.since })}</strong>
          <ul>
            {weighed.differences
              .filter(({ direction }) => direction !== 'stronger')
              .map((difference) => (
                <li key={`${difference.aspect} ${difference.of} ${difference.before} ${difference.after}`}>
                  {difference.aspect === 'line' ? t('line.gone') : differenceText(difference, t)}
                </li>
              ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
