import { cache, metaData, utilities, volumeLoader } from '@cornerstonejs/core';
import { toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import type { Volume } from '../../src/volume/index.ts';

/** What the names of our volumes and slices begin with. */
export const scheme = 'remnant';
let volumesShown = 0;

/** A volume as cornerstone knows it. */
export interface SharedVolume {
  readonly id: string;
  /** Whether there is a texture for it on the graphics card. */
  readonly hasTexture: () => boolean;
  /** Whether all its voxels are on the graphics card, or will come with the next frame. */
  readonly hasArrived: () => boolean;
  /** Brings the next slices to the graphics card, at least one, until so many milliseconds have passed; a texture must be there. */
  readonly bringSome: (forMs: number) => void;
  /** Leaves all voxels to the next frame. */
  readonly bringAll: () => void;
  /** Takes everything back that cornerstone noted of it. */
  readonly forget: () => void;
}

/** Shows cornerstone the shared buffer under a new name, with true metadata for every slice; nothing is copied. */
export function shareVolume(volume: Volume): SharedVolume {
  volumesShown += 1;
  const id = `${scheme}:${volumesShown}`;
  const { grid } = volume;
  const provider = (type: string, query: unknown): unknown =>
    typeof query === 'string' ? sliceMetadata(grid, id, type, query) : undefined;
  // Above cornerstone's own provider, which gives every slice of a local volume the position of the first.
  metaData.addProvider(provider, 100_000);
  const local = volumeLoader.createLocalVolume(id, {
    metadata: {
      BitsAllocated: 16,
      BitsStored: 16,
      SamplesPerPixel: 1,
      HighBit: 15,
      PhotometricInterpretation: 'MONOCHROME2',
      PixelRepresentation: 1,
      Modality: volume.unit === 'HU' ? 'CT' : 'MR',
      ImageOrientationPatient: [...grid.axes[0], ...grid.axes[1]],
      PixelSpacing: [grid.spacing[1], grid.spacing[0]],
      FrameOfReferenceUID: id,
      Columns: grid.size[0],
      Rows: grid.size[1],
      voiLut: [],
      VOILUTFunction: 'LINEAR',
    },
    dimensions: [...grid.size],
    spacing: [...grid.spacing],
    origin: [...grid.origin],
    direction: [...grid.axes[0], ...grid.axes[1], ...grid.axes[2]],
    scalarData: volume.values,
  } as unknown as Parameters<typeof volumeLoader.createLocalVolume>[1]);
  const texture = local.vtkOpenGLTexture as unknown as {
    readonly getHandle: () => unknown;
    readonly getUpdatedFrames: () => boolean[];
    readonly setUpdatedFrame: (slice: number) => void;
    readonly update3DFromRaw: () => void;
  };
  const slices = grid.size[2];
  let arrived = 0;
  return {
    id,
    hasTexture: () => Boolean(texture.getHandle()),
    hasArrived: () => arrived === slices,
    bringAll: () => {
      local.modified();
      arrived = slices;
    },
    bringSome: (forMs) => {
      const begun = performance.now();
      do {
        // cornerstone brings the slices that are marked as changed: all of them whenever a setting of the texture is touched.
        texture.getUpdatedFrames().fill(false);
        texture.setUpdatedFrame(arrived);
        texture.update3DFromRaw();
        arrived += 1;
      } while (arrived < slices && performance.now() - begun < forMs);
    },
    forget: () => {
      metaData.removeProvider(provider);
      cache.removeVolumeLoadObject(id);
      // What cornerstone noted of every slice; ours answers for the volumes that are still shown.
      utilities.genericMetadataProvider.clear();
      for (let slice = 0; slice < grid.size[2]; slice += 1)
        cache.removeImageLoadObject(`${id}_slice_${slice}`, { force: true });
    },
  };
}

function sliceMetadata(grid: Grid, id: string, type: string, imageId: string): unknown {
  const prefix = `${id}_slice_`;
  if (!imageId.startsWith(prefix)) return undefined;
  const slice = Number(imageId.slice(prefix.length));
  switch (type) {
    case 'imagePlaneModule':
      return {
        frameOfReferenceUID: id,
        rows: grid.size[1],
        columns: grid.size[0],
        imageOrientationPatient: [...grid.axes[0], ...grid.axes[1]],
        rowCosines: [...grid.axes[0]],
        columnCosines: [...grid.axes[1]],
        imagePositionPatient: [...toWorld(grid, voxelIndex(0, 0, slice))],
        pixelSpacing: [grid.spacing[1], grid.spacing[0]],
        rowPixelSpacing: grid.spacing[1],
        columnPixelSpacing: grid.spacing[0],
      };
    case 'generalSeriesModule':
      return { modality: 'CT', seriesInstanceUID: id };
    case 'voiLutModule':
      return { windowCenter: [100], windowWidth: [350] };
    case 'modalityLutModule':
      return { rescaleSlope: 1, rescaleIntercept: 0 };
    case 'imagePixelModule':
      return {
        samplesPerPixel: 1,
        photometricInterpretation: 'MONOCHROME2',
        bitsAllocated: 16,
        bitsStored: 16,
        highBit: 15,
        pixelRepresentation: 1,
        rows: grid.size[1],
        columns: grid.size[0],
      };
    default:
      return undefined;
  }
}
