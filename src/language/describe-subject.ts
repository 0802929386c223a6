import type { DescribeContext } from './describe-context';
import { describeAnalysis } from './describe-analysis';
import { describeFeature } from './describe-feature';
import { describeLayer } from './describe-layer';
import { describeNetwork } from './describe-network';
import { describeRecording } from './describe-recording';
import { describeSweep } from './describe-sweep';
import { describeTask } from './describe-task';
import { describeOptimizer, describeSeeds } from './describe-training';
import type { Subject } from './subject';

/** The summary of what stands at a place, as Markdown; null where the file does not have it. */
export function describeSubject(subject: Subject, context: DescribeContext): string | null {
  const parts = partsOf(subject, context);
  return parts && parts.join('\n\n');
}

function partsOf(subject: Subject, context: DescribeContext): string[] | null {
  const { outline } = context;
  switch (subject.kind) {
    case 'task':
      return outline.tasks.includes(subject.name) ? describeTask(subject.name, context) : null;
    case 'feature':
      return outline.features.has(subject.name) ? describeFeature(subject.name, context) : null;
    case 'value':
      return describeFeature(subject.feature, context, subject.index);
    case 'network':
      return describeNetwork(subject.name, context);
    case 'recording':
      return describeRecording(subject.name, context);
    case 'analysis':
      return describeAnalysis(subject.name, context);
    case 'layer':
      return describeLayer(subject.network, subject.index, context);
    case 'seeds':
      return describeSeeds(context);
    case 'sweep':
      return describeSweep(context, subject.setting);
    case 'optimizer':
      return describeOptimizer(subject.network, context);
  }
}
