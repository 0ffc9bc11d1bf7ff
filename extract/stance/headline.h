// Reports made by punctuation and place alone: "Lima: we will pay", "Port to close — mayor", "..., Reuters reports."
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/stance/quotation.h"
#include "extract/stance/report.h"

namespace relata::stance {

void find_headline_reports(const Document& document, const Actors& actors, const Quotations& quotations, std::vector<Report>& reports);

}  // namespace relata::stance
