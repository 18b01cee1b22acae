# How asem_treated.csv, asem_scheme.csv and asem_coinr.csv beside this file were computed (R 4.2.2, about four minutes).
#
#     Rscript make_asem.R FOLDER        FOLDER: a checkout of bluefoxr/COINr (commit b968203, version 1.1.14, MIT)
#
# The package is read from its sources: ggplot2, openxlsx and readxl, which it wants, only draw and read files here.
from <- commandArgs(trailingOnly = TRUE)[1]
for (file in list.files(file.path(from, "R"), full.names = TRUE)) sys.source(file, envir = globalenv())
for (file in list.files(file.path(from, "data"), full.names = TRUE)) load(file, envir = globalenv())
build_example_coin <- eval(parse(text = gsub("COINr::", "", deparse(build_example_coin))))
for (verb in c("Aggregate", "Denominate", "Impute", "Normalise", "Regen", "Screen", "Treat", "get_data", "get_dset"))
  for (class in c("coin", "data.frame", "numeric", "purse")) {
    name <- paste0(verb, ".", class)
    if (exists(name)) registerS3method(verb, class, get(name))
  }
coin <- build_example_coin(quietly = TRUE)
coin$Data$Treated[-1] <- signif(coin$Data$Treated[-1], 12)  # as written: values that differ by rounding are alike

treated <- get_dset(coin, "Treated")  # denominated, imputed by group, winsorised or logged: what normalisation starts from
names(treated)[1] <- "code"
meta <- coin$Meta$Ind
meta <- meta[meta$Type == "Indicator", ]
index <- ifelse(meta$Parent %in% c("Environ", "Social", "SusEcFin"), 3, 5)  # pillars of its half; two halves
meta$weight <- 1 / (2 * index * as.vector(table(meta$Parent)[meta$Parent]))
scheme <- data.frame(pillar = meta$Parent, indicator = meta$iCode, direction = meta$Direction, weight = meta$weight)

sum_up <- function(how, parameters, mean) {
  scaled <- Normalise(coin, dset = "Treated", global_specs = list(f_n = how, f_n_para = parameters))
  suppressMessages(get_dset(Aggregate(scaled, dset = "Normalised", f_ag = mean), "Aggregated"))[c("uCode", "Index")]
}
found <- get_results(coin, dset = "Aggregated", tab_type = "Aggs", nround = 10)
ways <- list(
  geometric = sum_up("n_minmax", list(c(1, 100)), "a_gmean"),
  ranked = sum_up("n_prank", list("average"), "a_amean"),
  standard = sum_up("n_zscore", list(c(0, 1)), "a_amean")
)
for (name in names(ways)) found[[name]] <- ways[[name]]$Index[match(found$uCode, ways[[name]]$uCode)]

set.seed(1)
noisy <- get_noisy_weights(coin$Meta$Weights$Original, data.frame(Level = 1, NoiseFactor = .25), Nrep = 600)
scales <- list(
  list(f_n = "n_minmax", f_n_para = list(c(0, 100))),
  list(f_n = "n_zscore", f_n_para = list(c(0, 1)))
)
specs <- list(
  scale = list(Address = "$Log$Normalise$global_specs", Distribution = scales, Type = "discrete"),
  weights = list(Address = "$Log$Aggregate$w", Distribution = noisy, Type = "discrete")
)
drawn <- get_sensitivity(coin, specs, N = 600, SA_type = "UA", dset = "Aggregated", iCode = "Index",
                         check_addresses = FALSE, quietly = TRUE)
found <- merge(found, drawn$RankStats[c("uCode", "Median", "Q5", "Q95")], by = "uCode")
names(found)[1] <- "code"

save_table <- function(table, file) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], signif, 12)
  write.csv(table, file, row.names = FALSE, quote = FALSE)
}
save_table(treated, "asem_treated.csv")
save_table(scheme, "asem_scheme.csv")
save_table(found, "asem_coinr.csv")
