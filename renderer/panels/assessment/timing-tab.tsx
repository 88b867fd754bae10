import { GrowthSection } from './growth-section.tsx';
import { TimingSection } from './timing-section.tsx';

/** What happened when, and how the remnant grew. */
export function TimingTab() {
  return (
    <div className="assessment-stack" data-place="timing">
      <TimingSection />
      <GrowthSection />
    </div>
  );
}
