/** What `remnant help` prints. */
export const usage = `remnant series FOLDER [--resample-uneven] [--json]
remnant volumetry FOLDER [--series UID|VOLUME] [--resample-uneven] --liver FILE[#label,…] [--tumour FILE[#label,…]]… [--vessels FILE[#label,…]]
    [--outside FILE[#label,…]] [--non-functional FILE[#label,…]] [--plan PLAN.json] [--height CM --weight KG]
    [--parenchyma normal|chemotherapy|cirrhosis|unknown] [--reviewed-by NAME] [--phase portal-venous|other]
    [--confirmed inflow,outflow,bile,segments,slice_spacing] [--inputs INPUTS.json] [--rules RULES.json] [--json]
remnant report FOLDER [the options of volumetry] --out report.pdf [--json]
remnant growth MEASUREMENTS.json [--rules RULES.json] [--json]
remnant assess CASE.json [--rules RULES.json] [--json]
remnant convert FOLDER [--series UID|VOLUME] [--resample-uneven] --mask FILE[#label,…] --out FILE.nii.gz [--json]

FOLDER is a folder of any depth, a ZIP archive, a DICOMDIR or one file. --resample-uneven interpolates uneven or tilted stacks to a
regular grid, and every result says so.
CASE.json holds volumes with intervals and what is known of the patient, or is the output of volumetry --json. No images are read.
Masks are NIfTI (.nii, .nii.gz). A refusal is { "error": { "code", "message" } } on stderr with exit status 2; "path" names the field at
fault in a file.
`;
